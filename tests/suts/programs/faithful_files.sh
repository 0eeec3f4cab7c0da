#!/bin/sh
# The reference converter as a command on files: faithful_files.sh FROM TO INPUT OUTPUT
"${PYTHON:-python3}" -m tests.suts.programs.faithful_stdin "$1" "$2" <"$3" >"$4"
code=$?
[ "$code" -eq 0 ] || rm -f "$4"
exit "$code"
