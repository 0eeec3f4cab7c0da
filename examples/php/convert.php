<?php
// Started for each message, which is on stdin: php convert.php FROM TO
// Exit code 0: converted. 3: refused, with the reason on stderr. Any other: a crash.
require 'converter.php';

try {
    echo convert(stream_get_contents(STDIN), $argv[1], $argv[2]);
} catch (Refused $refused) {
    fwrite(STDERR, $refused->getMessage());
    exit(3);
}
