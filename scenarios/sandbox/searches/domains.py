"""Search domains: prefix notation parsed into a tree, and the tests a single value can be put to."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import ge, gt, le, lt
from typing import Any, TypeAlias

from scenarios.sandbox.faults import WrongValue
from scenarios.sandbox.fields import NUMERIC, Field

OPERATORS = frozenset(
    {"=", "!=", "<>", "<", ">", "<=", ">=", "=?", "in", "not in", "like", "ilike", "not like", "not ilike", "=like"}
    | {"=ilike", "child_of", "parent_of", "any", "not any"}
)

NEGATIVE = {"!=": "=", "<>": "=", "not in": "in", "not like": "like", "not ilike": "ilike", "not any": "any"}
"""Operators that say the opposite of another."""


COMPARE: dict[str, Callable[[Any, Any], bool]] = {"<": lt, ">": gt, "<=": le, ">=": ge}


@dataclass(frozen=True, slots=True)
class Leaf:
    """One condition."""

    path: str
    operator: str
    value: Any


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; none at all is true."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part holds."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Nope:
    """The part does not hold."""

    part: "Node"


Node: TypeAlias = Leaf | All | Either | Nope
ALWAYS, NEVER = All(()), Either(())


def parse(domain: Sequence[Any]) -> Node:
    """The domain as a tree; terms that stand side by side are joined by *and*."""
    stack: list[Node] = []
    for term in reversed(list(domain)):
        if term == "!":
            stack.append(Nope(_pop(stack, domain)))
        elif term in ("&", "|"):
            first, second = _pop(stack, domain), _pop(stack, domain)
            stack.append(_joined(All if term == "&" else Either, first, second))
        else:
            stack.append(_leaf(term))
    return stack[0] if len(stack) == 1 else All(tuple(reversed(stack)))


def _pop(stack: list[Node], domain: Sequence[Any]) -> Node:
    if not stack:
        raise WrongValue(f"Domain is not well formed: {domain!r}")
    return stack.pop()


def _joined(kind: type[All] | type[Either], first: Node, second: Node) -> Node:
    parts: list[Node] = []
    for part in (first, second):
        parts.extend(part.parts if isinstance(part, kind) else (part,))
    return kind(tuple(parts))


def _leaf(term: Any) -> Node:
    if not isinstance(term, (list, tuple)) or len(term) != 3:
        raise WrongValue(f"Invalid leaf {term!r}")
    path, operator, value = term
    if path in (0, 1) and operator == "=":
        return ALWAYS if path == value else NEVER
    if not isinstance(path, str) or not isinstance(operator, str) or operator.lower() not in OPERATORS:
        raise WrongValue(f"Invalid leaf {tuple(term)!r}")
    operator = operator.lower()
    if operator in ("in", "not in") and not isinstance(value, (list, tuple)):
        operator, value = ("=" if operator == "in" else "!="), value
    if operator in ("=", "!=", "<>") and isinstance(value, (list, tuple)):
        operator = "in" if operator == "=" else "not in"
    if operator == "=?":
        return ALWAYS if value in (False, None) else Leaf(path, "=", value)
    return Leaf(path, "!=" if operator == "<>" else operator, value)


def mentions(node: Node, field: str) -> bool:
    """Whether a condition on that field is among the terms."""
    if isinstance(node, Leaf):
        return node.path == field
    if isinstance(node, Nope):
        return mentions(node.part, field)
    return any(mentions(part, field) for part in node.parts)


def matcher(field: Field, operator: str, value: Any) -> Callable[[Any], bool]:
    """The test of one raw value; an empty value passes no comparison and every negation of one."""
    if operator in NEGATIVE:
        positive = matcher(field, NEGATIVE[operator], value)
        return lambda raw: not positive(raw)
    if operator == "=":
        return _among(field, [value])
    if operator == "in":
        return _among(field, value)
    if operator in ("<", ">", "<=", ">="):
        return _compared(field, operator, value)
    return _alike(operator, value)


def _among(field: Field, values: Sequence[Any]) -> Callable[[Any], bool]:
    wanted = {key(field, value) for value in values}

    def test(raw: Any) -> bool:
        if isinstance(raw, list):
            return any(each in wanted for each in raw) or (not raw and None in wanted)
        return key(field, raw) in wanted

    return test


def key(field: Field, value: Any) -> Any:
    """A value as the index has it: nothing is None, numbers that are zero too."""
    if value in (None, False, "") or (value == 0 and field.type != "selection"):
        return None
    if field.type == "datetime" and isinstance(value, str) and len(value) == 10:
        return value + " 00:00:00"
    return tuple(value) if isinstance(value, list) else value


def _compared(field: Field, operator: str, value: Any) -> Callable[[Any], bool]:
    if field.type in ("date", "datetime") and isinstance(value, str):
        value = _whole_day(field, operator, value.replace("T", " ", 1))
    if value is False or value is None:
        return lambda _raw: False
    compare = COMPARE[operator]
    if field.name == "id" or field.type in NUMERIC:
        number = float(value)
        return lambda raw: compare(float(raw or 0), number)
    return lambda raw: raw is not False and raw is not None and compare(raw, value)


def _whole_day(field: Field, operator: str, value: str) -> str:
    """A bare date compared with a time means its start, or its end for ``<=`` and ``>``."""
    if field.type == "date":
        return value[:10]
    if len(value) > 10:
        return value
    return value + (" 23:59:59" if operator in ("<=", ">") else " 00:00:00")


def _alike(operator: str, value: Any) -> Callable[[Any], bool]:
    text = str(value) if value not in (None, False) else ""
    flags = re.DOTALL | (re.IGNORECASE if "ilike" in operator else re.NOFLAG)
    pattern = re.compile(_regex(text if operator.startswith("=") else f"%{text}%"), flags)
    return lambda raw: raw not in (False, None, "") and pattern.fullmatch(str(raw)) is not None


def _regex(pattern: str) -> str:
    """SQL's ``%`` and ``_`` (a backslash takes their meaning away)."""
    parts: list[str] = []
    characters = iter(pattern)
    for character in characters:
        if character == "\\":
            parts.append(re.escape(next(characters, "\\")))
        else:
            parts.append({"%": ".*", "_": "."}.get(character) or re.escape(character))
    return "".join(parts)
