"""The bench: throughput and latency of software, and correctness under load."""
