"""Work that goes on until somebody says stop: Ctrl-C, or SIGTERM from a service manager."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from inbox.terminal.showing import say


@contextmanager
def until_told() -> Iterator[None]:
    """Being told to stop ends the block in good order; afterwards SIGTERM means what it meant before."""
    before = signal.getsignal(signal.SIGTERM)
    try:
        signal.signal(signal.SIGTERM, _stop)
        yield
    except KeyboardInterrupt:
        say("Stopped.")
    finally:
        signal.signal(signal.SIGTERM, before)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
