#!/bin/sh
# Started for each message: sh convert.sh FROM TO INPUT OUTPUT
# Exit code 0: converted. 3: refused, with the reason on stderr. Any other: a crash.

# YOUR CONVERTER GOES HERE. This one hands the message to a program.
exec ikeur convert --from "$1" --to "$2" "$3" -o "$4"
