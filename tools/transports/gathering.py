"""Takes in an answer piece by piece: no longer than its time, no larger than anything that Odoo has to say."""

import time
from collections.abc import Iterable

LARGEST = 256 * 1024 * 1024
"""Bytes of an answer, unpacked; a page of a thousand rows is a few hundred thousand."""


class Endless(OSError):
    """The answer has no end in time, or none at all."""


def gathered(pieces: Iterable[bytes], until: float) -> bytes:
    """The whole of it; raises Endless when the monotonic clock passes ``until``, or it grows beyond all measure."""
    taken: list[bytes] = []
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > LARGEST:
            raise Endless(f"more than {LARGEST} bytes")
        if time.monotonic() > until:
            raise Endless("it was still coming when its time was over")
        taken.append(piece)
    return b"".join(taken)
