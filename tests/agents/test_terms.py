"""The terms of the business: what a file may say, what holds where, and that nothing missing is taken for zero."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from agents.terms import Terms, TermsBook, Tier
from agents.terms_loading import check_terms, load_terms
from desk.desk import read_terms
from domain.money import Money
from guardrails.errors import PolicyError
from guardrails.loading import DEFAULT_POLICY

SOME = """version = 1
[usual]
transfer_cost = "12 GBP"
closed_weekdays = ["saturday", "sunday"]
closed_dates = [2026-12-25]
[tiers]
from = "ref"
[[tiers.tier]]
name = "key"
rank = 1
tags = ["A", "A+"]
late_per_day = 0.005
lost = 0.1
[[tiers.tier]]
name = "rest"
rank = 2
tags = ["C"]
[substitutes]
"71053" = ["22427", "47566"]
[company.2]
transfer_cost = "14 EUR"
[company.2.warehouse.7]
closed_weekdays = []
review_days = 3
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "terms.toml").write_text(SOME)
    return tmp_path / "terms.toml"


def wrong(file: Path, text: str) -> list[str]:
    file.write_text(text)
    return [f"{problem.line} {problem}" for problem in check_terms(file)]


def test_what_is_said_of_a_warehouse_overrides_its_company_and_that_the_usual(file: Path) -> None:
    book = load_terms(file)

    assert book.of(1).transfer_cost == Money.model_validate("12 GBP")
    assert book.of(2, 5).transfer_cost == book.of(2, 7).transfer_cost == Money.model_validate("14 EUR")
    assert (book.of(2, 5).review_days, book.of(2, 7).review_days) == (7, 3)
    assert book.of(2, 5).closed_weekdays == (5, 6)
    assert book.of(2, 7).closed_weekdays == ()
    assert book.of(2, 7).closed_dates == (date(2026, 12, 25),)
    assert book.of(2, 7).tiers == book.usual.tiers


def test_what_nobody_named_is_unknown(file: Path) -> None:
    terms = load_terms(file).of(1)

    assert (terms.expedite_cost, terms.holding_rate) == (None, None)
    assert (terms.tiers[1].late_per_day, terms.tiers[1].lost) == (None, None)
    assert terms.tiers[0].lost == Decimal("0.1")


def test_a_cost_in_another_currency_than_the_companys_is_unknown(file: Path) -> None:
    terms = load_terms(file).of(2)

    assert terms.within("EUR").transfer_cost == Money.model_validate("14 EUR")
    assert terms.within("GBP").transfer_cost is None


@pytest.mark.parametrize(
    ("tags", "tier"), [(("A+",), "key"), (("C", "A"), "key"), (("C", "x"), "rest"), (("x",), None), ((), None)]
)
def test_a_customers_tier_is_the_highest_its_tags_mean(file: Path, tags: tuple[str, ...], tier: str | None) -> None:
    found = load_terms(file).usual.tier(tags)

    assert (found.name if found else None) == tier


def test_a_closed_warehouse_opens_on_its_next_day(file: Path) -> None:
    terms = load_terms(file).usual

    assert terms.open_from(date(2026, 12, 24)) == date(2026, 12, 24)
    assert terms.open_from(date(2026, 12, 25)) == date(2026, 12, 28), "Christmas is a Friday, then comes a weekend"


def test_terms_come_back_from_storage(file: Path) -> None:
    terms = load_terms(file).usual

    assert Terms.model_validate(terms.plain()) == terms


def test_the_file_beside_the_default_policy_says_what_the_desk_assumes_anyway() -> None:
    assert read_terms() == TermsBook()
    assert check_terms(DEFAULT_POLICY.parent / "terms.toml") == ()


def test_terms_lie_beside_the_policy_unless_named(file: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"

    assert read_terms(policy=tmp_path / "policy.toml") == read_terms(file) == load_terms(file)
    assert read_terms(policy=elsewhere / "policy.toml") == TermsBook(), "no terms there: all of them unknown"


def test_a_file_that_is_named_and_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match="the file cannot be read"):
        read_terms(tmp_path / "nowhere.toml")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("chance = 3", "3 usual.chance: expected less than or equal to 1, found 3"),
        ('transfer_cost = "-1 GBP"', "3 usual.transfer_cost: an amount cannot be negative, found '-1 GBP'"),
        ("transfer_cost = 12", '3 usual.transfer_cost: expected an amount such as "500 GBP", found 12'),
        ("holding_rate = inf", "3 usual.holding_rate: expected a finite number, found Decimal('Infinity')"),
        ("holdingrate = 1", "3 usual.holdingrate: unknown key `holdingrate`; did you mean `holding_rate`?"),
        ("review_days = 0", "3 usual.review_days: expected greater than or equal to 1, found 0"),
        ('closed_weekdays = ["caturday"]', "3 usual.closed_weekdays[0]: no day of the week is called 'caturday'; "),
        ("closed_weekdays = [0, 1, 2, 3, 4, 5, 6]", "3 usual.closed_weekdays: "),
        ('[tiers]\nfrom = "phone"', "4 tiers.from: expected 'category_id', 'industry_id' or 'ref', found 'phone'"),
        ('[[tiers.tier]]\nname = "A"\nrank = 1', "3 tiers.tier[0].tags: `tags` is missing"),
        ('[substitutes]\n"7" = ["7"]', "4 substitutes.7: 7 cannot stand in for itself"),
        (
            '[company.1]\ntransfer_cots = "1 GBP"',
            "4 company.1.transfer_cots: unknown key `transfer_cots`; did",
        ),
        ("[company.1.warehouse.3]\nreview_days = 0", "4 company.1.warehouse.3.review_days: expected greater"),
        ("[company.x]\nchance = 0.4", "3 company.x: expected integer"),
        ("[broken", "3 not good TOML: "),
    ],
)
def test_each_error_is_named_by_its_line(file: Path, line: str, told: str) -> None:
    found = wrong(file, f"version = 1\n[usual]\n{line}\n")

    assert len(found) == 1
    assert found[0].startswith(told)


def test_all_errors_are_told_at_once(file: Path) -> None:
    assert len(wrong(file, SOME.replace("14 EUR", "EUR 14").replace("rank = 1", "rank = 0"))) == 2


@pytest.mark.parametrize("key", ["name", "rank", "tags"])
def test_tiers_that_cannot_be_told_apart_are_errors(file: Path, key: str) -> None:
    same = {"name": ('"rest"', '"key"'), "rank": ("rank = 2", "rank = 1"), "tags": ('["C"]', '["C", "A"]')}[key]

    found = wrong(file, SOME.replace(*same))

    assert len(found) == 1
    assert found[0].endswith("is taken by the tier in line 8")


def test_a_tier_without_a_tag_is_no_tier() -> None:
    with pytest.raises(ValueError, match="tags"):
        Tier(name="A", rank=1, tags=())
