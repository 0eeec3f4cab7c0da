"""The audit of a mailbox: its files, its pairs of messages, and their problems."""
