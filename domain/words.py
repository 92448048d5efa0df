"""What people type, checked before it is kept; and counts in words."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime

from domain.errors import Misuse

LONGEST = 2_000
"""Signs of a reason, a question or an answer."""

ACTOR = re.compile(r"\buser:[0-9]+\b")

UNSEEN = frozenset({"Cc", "Cs", "Co"})
"""Unicode categories that have no place in a sentence: controls, halves of signs, private ones."""


def typed(words: str, missing: str, longest: int = LONGEST) -> str:
    """The words without the space around them; raises Misuse for none, too many, or characters that cannot be seen.

    ``missing`` is what to say to somebody who gave none.
    """
    kept = words.strip()
    if not kept:
        raise Misuse(missing)
    if len(kept) > longest:
        raise Misuse(f"at most {longest:,} characters can be kept, found {len(kept):,}; say it shorter")
    odd = next((sign for sign in kept if sign not in "\n\t" and unicodedata.category(sign) in UNSEEN), None)
    if odd is not None:
        raise Misuse(f"expected plain words, found the sign {odd!a}, which cannot be seen; type it without")
    return kept


def typed_if_any(words: str) -> str:
    """The same where saying nothing is an answer too."""
    return typed(words, "") if words.strip() else ""


def with_logins(words: str, people: Mapping[str, str]) -> str:
    """The words with each actor by the login they came with: ``buyer (user:7)``; as they were where it is unknown."""
    return ACTOR.sub(lambda found: called(found[0], people), words)


def called(actor: str, people: Mapping[str, str]) -> str:
    """One actor by login."""
    return f"{people[actor]} ({actor})" if actor in people else actor


def minute(at: datetime) -> str:
    """A moment to the minute, in UTC: ``2026-03-02 09:15 UTC``."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def counted(count: int, one: str, many: str = "") -> str:
    """A count with its noun: ``1 seal``, ``2 seals``."""
    return f"{count} {one if count == 1 else many or one + 's'}"
