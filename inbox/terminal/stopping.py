"""Work that goes on until somebody says stop: Ctrl-C, or SIGTERM from a service manager."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from inbox.terminal.showing import say

AGAIN_S = 1.0
"""An interrupt that falls into a finalizer is swallowed by the interpreter, so it comes again until it is heard."""


@contextmanager
def until_told() -> Iterator[None]:
    """Being told to stop ends the block in good order; afterwards the signals mean what they meant before."""
    before = {which: signal.getsignal(which) for which in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM)}
    try:
        for which in before:
            signal.signal(which, _stop)
        yield
    except KeyboardInterrupt:
        signal.setitimer(signal.ITIMER_REAL, 0)
        say("Stopped.")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        for which, meant in before.items():
            signal.signal(which, meant)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    signal.setitimer(signal.ITIMER_REAL, AGAIN_S)
    raise KeyboardInterrupt
