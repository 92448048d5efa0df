"""A stage whose agent always wants two things at once: buy goods and bring as many over, for a buyer and a lead."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

from agents import stockout
from desk.desk import assemble
from domain.plans import Choice, Option
from domain.refusals import Refusal
from graphs.kinds import Kind
from guardrails.policy import Policy
from memory.requests import Request
from scenarios.stage import Stage
from scenarios.worlds.small import Small
from tests.desk.doing import scanned
from tests.shortages import large_transfer

BOTH = "both"
TRANSFERRED = ["stock.picking.create", "stock.picking.action_confirm"]
BOUGHT = ["purchase.order.create"]


def short_of_jugs(world: Small) -> None:
    """A shortage that another warehouse could end for 1,183 GBP, and the vendor for 1,632 GBP."""
    large_transfer(world)
    world.vendor_price("jug", "4.00", delay=3)


def asking_two(scene: Stage, policy: Policy | None = None) -> Stage:
    """The same stage with such an agent, and one case that waits for a buyer and a warehouse lead."""
    short_of_jugs(scene.world)
    both = under(scene, policy or scene.desk.policy)
    scanned(both)
    return both


def under(scene: Stage, policy: Policy) -> Stage:
    """The same stage with such an agent under a policy."""
    parts = replace(scene.parts, policy=policy, kinds={"stockout": agent()})
    return replace(scene, parts=parts, desk=assemble(parts))


def agent() -> Kind:
    """The stockout agent, that chooses both."""
    names = {name: getattr(stockout, name) for name in stockout.__all__}
    return cast("Kind", SimpleNamespace(**{**names, "options": options, "choose": choose, "adjust": adjust}))


def options(evidence: Any) -> Sequence[Option]:
    single = [option for option in stockout.options(evidence) if option.name != BOTH]
    return (*single, joined(of(single, "transfer"), of(single, "rfq")))


def choose(options: Sequence[Option], evidence: Any) -> Choice:
    return Choice(option=BOTH, reason="to be sure", planner="rules", confidence=Decimal("0.9"))


def adjust(evidence: Any, option: Option, knobs: Mapping[str, Decimal]) -> Option | Refusal:
    """Turns the knobs of the transfer, as they are turned by itself."""
    single = [one for one in stockout.options(evidence) if one.name != BOTH]
    turned = stockout.adjust(evidence, of(single, "transfer"), knobs)
    return turned if isinstance(turned, Refusal) else joined(turned, of(single, "rfq"))


def of(options: Sequence[Option], kind: str) -> Option:
    return next(option for option in options if option.feasible and option.name.startswith(f"{kind}:"))


def joined(first: Option, second: Option) -> Option:
    return first.but(name=BOTH, title="Buy and bring over", drafts=second.drafts + first.drafts, cost=None)


def both_asked(scene: Stage) -> tuple[Request, Request]:
    """The lead's request and the buyer's."""
    waiting = {request.role: request for request in scene.desk.store.requests.pending()}
    return waiting["warehouse-lead"], waiting["buyer"]
