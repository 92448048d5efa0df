"""Reading the terms of the business from their file: everything wrong with it is told at once, each with its line."""

from collections.abc import Iterator
from pathlib import Path as File
from typing import Annotated, Literal

from pydantic import BaseModel, Field, ValidationError

from agents.terms import CompanyTerms, LocalTerms, Terms, TermsBook, Tier
from domain.values import Value
from guardrails.errors import PolicyError, Problem
from guardrails.lines import LineIndex, Path
from guardrails.sheets import in_order, problem, read_sheet
from guardrails.wording import is_echo, worded
from tools.reads.partners import TierField

NAME = "terms.toml"
"""How the file is called that lies beside the policy."""

RecordId = Annotated[int, Field(gt=0)]


class Tiers(Value):
    """Where a customer's tier is read from, and which tiers there are."""

    from_: TierField = Field(default="category_id", alias="from")
    tier: tuple[Tier, ...] = ()


class CompanySheet(LocalTerms):
    """What differs in one company, and in its warehouses."""

    warehouse: dict[RecordId, LocalTerms] = Field(default_factory=dict)


class TermsSheet(Value):
    """Everything a terms file may say; whatever it does not know is an error."""

    version: Literal[1]
    usual: LocalTerms = LocalTerms()
    tiers: Tiers = Tiers()
    substitutes: dict[str, Annotated[tuple[str, ...], Field(min_length=1)]] = Field(default_factory=dict)
    company: dict[RecordId, CompanySheet] = Field(default_factory=dict)

    def book(self) -> TermsBook:
        """The terms with what is said for fewer laid over what is said for more."""
        usual = Terms(tiers_from=self.tiers.from_, tiers=self.tiers.tier, substitutes=self.substitutes)
        usual = usual.but(**_said(self.usual))
        return TermsBook(usual=usual, companies={each: _company(usual, of) for each, of in self.company.items()})


def load_terms(file: File) -> TermsBook:
    """The terms in a file; raises PolicyError with every problem."""
    book, problems = read_terms(file)
    if book is None or problems:
        raise PolicyError(file.name, problems)
    return book


def check_terms(file: File) -> tuple[Problem, ...]:
    """Everything wrong with a terms file, in the order of its lines."""
    return read_terms(file)[1]


def read_terms(file: File) -> tuple[TermsBook | None, tuple[Problem, ...]]:
    """The terms, None where they make no sense, and what is wrong with them."""
    sheet = read_sheet(file)
    if isinstance(sheet, Problem):
        return None, (sheet,)
    try:
        told = TermsSheet.model_validate(sheet.spelt)
    except ValidationError as error:
        wrong = (worded(one, section) for one in error.errors(include_url=False) if not is_echo(one))
        return None, in_order(problem(sheet.lines, *each) for each in wrong)
    return told.book(), in_order(_senseless(told, sheet.lines))


def section(path: Path) -> type[BaseModel]:
    """What a terms file may say where a path leads."""
    match path:
        case ("usual", _, *_):
            return LocalTerms
        case ("tiers", "tier", _, *_):
            return Tier
        case ("tiers", _, *_):
            return Tiers
        case ("company", _, "warehouse", _, *_):
            return LocalTerms
        case ("company", _, _, *_):
            return CompanySheet
        case _:
            return TermsSheet


def _said(local: LocalTerms) -> dict[str, object]:
    return {name: getattr(local, name) for name in local.model_fields_set if name in LocalTerms.model_fields}


def _company(usual: Terms, told: CompanySheet) -> CompanyTerms:
    mine = usual.but(**_said(told))
    return CompanyTerms(usual=mine, warehouses={each: mine.but(**_said(of)) for each, of in told.warehouse.items()})


def _senseless(told: TermsSheet, lines: LineIndex) -> Iterator[Problem]:
    """Tiers that cannot be told apart, and products that stand in for themselves."""
    taken: dict[tuple[str, object], int] = {}
    for position, tier in enumerate(told.tiers.tier):
        for key, value in (("name", tier.name), ("rank", tier.rank), *(("tags", tag) for tag in tier.tags)):
            first = taken.setdefault((key, value), position)
            if first != position:
                line = lines.line(("tiers", "tier", first))
                yield problem(lines, ("tiers", "tier", position, key), f"{value!r} is taken by the tier in line {line}")
    for code, instead in told.substitutes.items():
        if code in instead:
            yield problem(lines, ("substitutes", code), f"{code} cannot stand in for itself")
