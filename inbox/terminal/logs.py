"""What the desk has to say to whoever runs it, kept off the pages that people read."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


@contextmanager
def kept_in(home: Path) -> Iterator[None]:
    """Warnings and the stories of defects go to ``desk.log`` in the home, which must be there."""
    file = home / "desk.log"
    file.touch(mode=0o600)
    with told_to(logging.FileHandler(file, encoding="utf-8"), logging.WARNING):
        yield


@contextmanager
def told_to(handler: logging.Handler, level: int) -> Iterator[None]:
    """Everything of at least this level goes to the handler too, which is closed at the end."""
    root = logging.getLogger()
    before = root.level
    handler.setLevel(level)
    handler.setFormatter(logging.Formatter(FORMAT))
    root.addHandler(handler)
    root.setLevel(min(before, level))
    try:
        yield
    finally:
        root.setLevel(before)
        root.removeHandler(handler)
        handler.close()
