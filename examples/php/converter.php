<?php
// A converter; convert.php and stream.php both use it.

// A warning on stdout would be read as a part of the answer.
ini_set('display_errors', 'stderr');

class Refused extends Exception {}

// Gives the message in the other release; releases are "2.0" and "2.1".
function convert(string $message, string $from, string $to): string
{
    // YOUR CONVERTER GOES HERE. This one hands the message to a program.
    $words = ['ikeur', 'convert', '--from', $from, '--to', $to];
    $program = proc_open($words, [['pipe', 'r'], ['pipe', 'w'], ['pipe', 'w']], $pipes);
    if ($program === false) throw new Exception('ikeur cannot be started');
    fwrite($pipes[0], $message);
    fclose($pipes[0]);
    [$converted, $reason] = array_map('stream_get_contents', [$pipes[1], $pipes[2]]);
    return match (proc_close($program)) {
        0 => $converted,
        3 => throw new Refused($reason),
        default => throw new Exception($reason),
    };
}
