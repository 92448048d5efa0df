"""The demo distributor: every deliberate exception is found and solved as its author says, nothing else is."""

from collections.abc import Mapping

import pytest

from agents import stockout
from desk.desk import read_terms
from domain.clock import SetClock
from domain.refusals import Refusal
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.transport import EngineTransport
from scenarios.worlds import demo
from tests.agents.stockout.scene import NOW
from tools import catalogue
from tools.reader import Reader


@pytest.fixture(scope="module")
def world() -> tuple[demo.World, Mapping[str, Reader]]:
    """The world, and a reader for each company by its currency."""
    engine = Engine(SetClock(NOW))
    built = demo.build(engine, today=NOW.date())
    transport = EngineTransport.log_in(engine, "desk", built.users["desk"].password)
    return built, {currency: Reader(transport, company) for currency, company in built.companies.items()}


def test_a_scan_finds_the_deliberate_exceptions_and_nothing_else(
    world: tuple[demo.World, Mapping[str, Reader]],
) -> None:
    built, readers = world

    pictures = [stockout.read(reader, NOW) for reader in readers.values()]
    found = {
        finding.subject for picture in pictures for finding in stockout.detect(picture, NOW, read_terms(demo.TERMS))
    }

    assert found == {
        f"product:{each.product}@warehouse:{each.warehouse}" for each in built.expected.values() if each.found
    }


def test_each_is_solved_as_its_author_says_and_the_action_takes_the_draft(
    world: tuple[demo.World, Mapping[str, Reader]],
) -> None:
    built, readers = world

    for name, each in built.expected.items():
        reader = readers["EUR" if each.site == "UTR" else "GBP"]
        subject = f"product:{each.product}@warehouse:{each.warehouse}"
        evidence = stockout.gather(reader, subject, NOW, read_terms(demo.TERMS))
        solved = "no exception" if evidence is None else _solved(reader, evidence)
        assert solved == each.remedy, name


def test_a_scan_asks_once_a_page_whatever_there_is_on_stock(
    world: tuple[demo.World, Mapping[str, Reader]],
) -> None:
    _, readers = world
    reader = readers["GBP"]
    before = reader.calls

    picture = stockout.read(reader, NOW)

    pages = sum(len(rows) // 1_000 for rows in (picture.quants, picture.orderpoints, picture.vendor_prices))
    assert reader.calls - before <= 18 + pages
    assert len(picture.products) > 100


def _solved(reader: Reader, evidence: stockout.Gathered) -> str:
    """The kind of the chosen option, each of whose drafts its action prices and would carry out."""
    options = stockout.options(evidence)
    choice = stockout.choose(options, evidence)
    for draft in next(option.drafts for option in options if option.name == choice.option):
        step = catalogue.price(draft, reader)
        assert not isinstance(step, Refusal), step
        action = catalogue.CATALOGUE[draft.action]
        assert action.precondition(reader, action.parse(draft.params)) is None
    return choice.option.partition(":")[0]
