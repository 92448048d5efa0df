"""What is wrong with a value of a policy or of the terms, in words a person can act on."""

from collections.abc import Callable
from difflib import get_close_matches

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from guardrails.limits import Limit
from guardrails.lines import Path
from guardrails.policy import Charter
from guardrails.roles import Role
from guardrails.rules import Rule
from guardrails.sections import Caps, Expiry, FourEyes, Freshness, Pause, Rollback

SECTIONS: dict[str, type[BaseModel]] = {
    "roles": Role,
    "caps": Caps,
    "four_eyes": FourEyes,
    "expiry": Expiry,
    "freshness": Freshness,
    "pause": Pause,
    "rollback": Rollback,
    "rule": Rule,
    "limit": Limit,
}


SPELT = {
    "tuple_type": 'a list such as ["one", "two"]',
    "dict_type": "a section such as [name]",
    "model_type": "a section such as [name]",
    "bool_type": "true or false",
    "string_type": 'text in quotes such as "one"',
    "int_type": "a whole number",
}
"""What is expected where a value is of another sort, as a person would write it."""


def of_policy(path: Path) -> type[BaseModel]:
    """What a policy may say where a path leads."""
    return SECTIONS.get(str(path[0]), Charter) if len(path) > 1 else Charter


def worded(error: ErrorDetails, section: Callable[[Path], type[BaseModel]] = of_policy) -> tuple[Path, str]:
    """Where an error stands, and what it says; ``section`` tells which keys may stand there."""
    path: Path = tuple(part for part in error["loc"] if part != "[key]")
    return path, _message(error, path, section(path))


def is_echo(error: ErrorDetails) -> bool:
    """Whether it only repeats another: a list counts as empty when each of its values was refused."""
    return error["type"] == "too_short" and bool(error["input"])


def _message(error: ErrorDetails, path: Path, section: type[BaseModel]) -> str:
    match error["type"]:
        case "extra_forbidden":
            return _unknown_key(path, section)
        case "missing":
            return f"`{path[-1]}` is missing"
        case "value_error":
            return error["msg"].removeprefix("Value error, ")
        case "too_short":
            return "may not be empty"
        case _:
            expected = SPELT.get(error["type"]) or error["msg"].removeprefix("Input should be ").removeprefix(
                "a valid "
            )
            return f"expected {expected}, found {error['input']!r}"


def _unknown_key(path: Path, section: type[BaseModel]) -> str:
    """The keys that may stand there, the nearest one first."""
    keys = _keys(section)
    near = get_close_matches(str(path[-1]), keys, n=1)
    known = f"known here are {', '.join(keys)}"
    hint = f"did you mean `{near[0]}`?" if near else known
    if path[-1] in _keys(of_policy(path)):
        return f"`{path[-1]}` belongs to the policy itself; {known if len(path) == 1 else hint}"
    return f"unknown key `{path[-1]}`; {hint}"


def _keys(section: type[BaseModel]) -> list[str]:
    return sorted(field.alias or name for name, field in section.model_fields.items())
