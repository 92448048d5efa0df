"""What a sheet spells as a charter: of the policy itself or of a place; every mistake by line."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from guardrails.errors import Problem
from guardrails.known import Known
from guardrails.lines import Path
from guardrails.sheets import Sheet, problem
from guardrails.wording import is_echo, of_policy, worded

C = TypeVar("C", bound=BaseModel)


def chartered(
    sheet: Sheet, charter: type[C], known: Known, section: Callable[[Path], type[BaseModel]] = of_policy
) -> tuple[C | None, list[Problem]]:
    """The charter, None where it makes no sense, and what is wrong; ``section`` tells which keys stand where."""
    told = list(_repeated(sheet))
    try:
        return charter.model_validate(sheet.spelt, context=known), told
    except ValidationError as error:
        flaws = [one for one in error.errors(include_url=False) if not is_echo(one)]
        return None, told + [problem(sheet.lines, *worded(one, section)) for one in flaws]


def _repeated(sheet: Sheet) -> Iterator[Problem]:
    """Names that two rules, or two limits, share: a ruling could not say which of them decided."""
    for section in ("rule", "limit"):
        entries = sheet.spelt.get(section)
        seen: dict[object, int] = {}
        for position, entry in enumerate(entries if isinstance(entries, list) else ()):
            name = entry.get("name") if isinstance(entry, dict) else None
            if isinstance(name, str) and seen.setdefault(name, position) != position:
                taken = f"{name!r} is taken by the {section} in line {sheet.lines.line((section, seen[name], 'name'))}"
                yield problem(sheet.lines, (section, position, "name"), taken)
