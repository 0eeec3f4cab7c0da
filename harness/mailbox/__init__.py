"""The audit of a mailbox: its files, which of them are pairs, and what is wrong with those."""
