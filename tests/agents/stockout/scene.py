"""A small distributor and the desk's reader on it: what stockout tests begin with."""

from dataclasses import dataclass
from datetime import UTC, datetime

from agents import stockout
from agents.terms import Terms, TermsBook
from domain.cases import Finding
from domain.clock import SetClock
from domain.plans import Choice, Option
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.transport import EngineTransport
from scenarios.worlds import small
from tools.reader import Reader

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""A Monday morning."""


@dataclass(frozen=True)
class Scene:
    """The world, and what the desk makes of it."""

    world: small.Small
    reader: Reader

    def findings(self) -> tuple[Finding, ...]:
        return stockout.detect(stockout.read(self.reader, NOW), NOW, TermsBook())

    def subject(self, product: str = "lantern", warehouse: str = "WH") -> str:
        return f"product:{self.world.products[product]}@warehouse:{self.world.warehouses[warehouse].id}"

    def evidence(self, terms: Terms | None = None, product: str = "lantern") -> stockout.StockoutEvidence:
        found = stockout.gather(self.reader, self.subject(product), NOW, TermsBook(usual=terms or Terms()))
        assert isinstance(found, stockout.StockoutEvidence)
        return found

    def projection(self, product: str = "lantern", warehouse: str = "WH") -> stockout.Projection:
        picture = stockout.read(self.reader, NOW)
        return stockout.project(picture, self.world.products[product], self.world.warehouses[warehouse].id, NOW)

    def options(self, terms: Terms | None = None) -> dict[str, Option]:
        """By name; ``transfer:NTH`` is named by the warehouse's code, ``rfq`` is the first vendor's."""
        return {self._known_as(option.name): option for option in stockout.options(self.evidence(terms))}

    def choice(self, terms: Terms | None = None) -> Choice:
        evidence = self.evidence(terms)
        chosen = stockout.choose(stockout.options(evidence), evidence)
        return chosen.but(option=self._known_as(chosen.option))

    def _known_as(self, name: str) -> str:
        kind, _, other = name.partition(":")
        if kind == "transfer":
            return "transfer:" + next(code for code, wh in self.world.warehouses.items() if wh.id == int(other))
        return "rfq" if name == f"rfq:{self.world.vendor}" else name


def scene() -> Scene:
    """Nothing in stock, nothing ordered; the vendor sells lanterns for 1.90 within 5 days."""
    engine = Engine(SetClock(NOW))
    world = small.build(engine, today=NOW.date())
    transport = EngineTransport.log_in(engine, "desk", world.users["desk"].password)
    return Scene(world, Reader(transport, world.company))
