"""The dry-run: evidence in a signed bundle that anyone can verify offline."""
