"""What a message is: the tables, the XSDs, and the engine that reads and writes by them."""
