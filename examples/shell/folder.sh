#!/bin/sh
# Converts all messages of a folder into another folder: sh folder.sh INPUT OUTPUT
# It leaves NAME.xml or NAME.ei for a NAME, or NAME.refused with the reason.

for message in "$1"/*.ei "$1"/*.xml; do
    [ -e "$message" ] || continue
    case $message in
        *.ei) from=2.0 to=2.1 kind=xml ;;
        *) from=2.1 to=2.0 kind=ei ;;
    esac
    name=$(basename "${message%.*}")
    # Nothing half written ever has its name.
    part=$2/$name.part
    sh "$(dirname "$0")/convert.sh" "$from" "$to" "$message" "$part" 2>"$part.reason"
    case $? in
        0) mv "$part" "$2/$name.$kind" ;;
        3) mv "$part.reason" "$2/$name.refused" ;;
        *) cat "$part.reason" >&2 ;;
    esac
    rm -f "$part" "$part.reason"
done
