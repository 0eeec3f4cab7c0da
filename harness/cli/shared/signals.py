"""What a command does when it is cancelled."""

from __future__ import annotations

import signal
import threading


def end_as_by_hand() -> None:
    """Have SIGTERM do what Ctrl-C does, so that what was started or made aside goes too."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)
