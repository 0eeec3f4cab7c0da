<?php
// A program that stays alive and answers framed requests: php stream.php
require 'converter.php';

while (($line = fgets(STDIN)) !== false) {
    for ($fields = []; $line !== "\r\n"; $line = fgets(STDIN)) {
        [$name, $value] = explode(': ', rtrim($line, "\r\n"), 2);
        $fields[$name] = $value;
    }
    $message = stream_get_contents(STDIN, (int) $fields['Content-Length']);
    try {
        [$status, $body] = ['ok', convert($message, $fields['From'], $fields['To'])];
    } catch (Refused $refused) {
        [$status, $body] = ['refused', $refused->getMessage()];
    } catch (Throwable $error) {
        [$status, $body] = ['error', $error->getMessage()];
    }
    $length = strlen($body);
    echo "Id: {$fields['Id']}\r\nStatus: $status\r\nContent-Length: $length\r\n\r\n$body";
}
