"""What it means for another answer to agree with a recorded one: the same shape, or the same error."""

import re
from typing import Any

WORDS = 150
"""So much of a message is compared: what follows names groups and people of the database it came from."""


def difference(expected: Any, found: Any) -> str | None:
    """Where an answer's shape differs from the recorded one; None where they agree.

    Top-level truth values must be equal. Inside rows an empty field (False) agrees with a filled one of any kind.
    """
    if isinstance(expected, bool) or expected is None:
        return None if found is expected else f"{found!r} instead of {expected!r}"
    return _shape(expected, found, "answer")


def _shape(expected: Any, found: Any, where: str) -> str | None:
    if where != "answer" and (isinstance(expected, bool) or found is False):
        return None
    if _kind(expected) != _kind(found):
        return f"{where} is {found!r}, a {_kind(found)} instead of a {_kind(expected)}"
    if isinstance(expected, dict):
        return _keys(expected, found, where)
    if isinstance(expected, list) and expected and not found and where == "answer":
        return f"{where} is empty"
    if isinstance(expected, list) and expected and found:
        return _shape(expected[0], found[0], f"{where}[0]")
    return None


def _keys(expected: dict[str, Any], found: dict[str, Any], where: str) -> str | None:
    if where == "answer.context":
        return None
    if set(expected) != set(found) and not _by_number(expected, found):
        return f"{where} has keys {sorted(found)} instead of {sorted(expected)}"
    for key in ("res_model", "type", "tag"):
        if where == "answer" and expected.get(key) != found.get(key):
            return f"{where}.{key} is {found.get(key)!r} instead of {expected.get(key)!r}"
    problems = (_shape(expected[key], found[key], f"{where}.{key}") for key in expected if key in found)
    return next(filter(None, problems), None)


def _by_number(*answers: dict[str, Any]) -> bool:
    """Whether the keys are record ids, which differ from one database to the next."""
    return all(answer and all(str(key).isdigit() for key in answer) for answer in answers)


def _kind(value: Any) -> str:
    return "number" if isinstance(value, float) else type(value).__name__


def plain(message: str) -> str:
    """A message without what differs from one database to the next: numbers, and white space."""
    return re.sub(r"\s+", " ", re.sub(r"\d+", "#", message)).strip()[:WORDS]
