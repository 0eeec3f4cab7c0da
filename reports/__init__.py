"""What was found: verdicts, findings, the stream of events and each report's writer."""
