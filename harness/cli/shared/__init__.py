"""Shared by the commands: options, output and exit codes."""
