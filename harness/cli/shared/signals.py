"""Handles the cancellation of a command."""

from __future__ import annotations

import signal
import threading


def end_as_by_hand() -> None:
    """Treat SIGTERM like Ctrl-C, so that processes and temporary files are cleaned up."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)
