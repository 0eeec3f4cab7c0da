"""The `http` way: requests to a server."""
