"""How a policy names actions: exactly (``stock.transfer``), by family (``stock.*``) or all of them (``*``)."""

from collections.abc import Iterable


def names(patterns: Iterable[str], action: str) -> bool:
    """Whether one of the patterns names the action."""
    return any(_names(pattern, action) for pattern in patterns)


def named_among(patterns: Iterable[str], actions: Iterable[str]) -> frozenset[str]:
    """The actions that the patterns name."""
    listed = tuple(patterns)
    return frozenset(action for action in actions if names(listed, action))


def _names(pattern: str, action: str) -> bool:
    if pattern == "*":
        return True
    return action.startswith(pattern[:-1]) if pattern.endswith(".*") else action == pattern
