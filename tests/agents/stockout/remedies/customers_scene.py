"""A key account and a corner shop that want the same lanterns."""

from decimal import Decimal

from agents.terms import Terms, Tier
from domain.plans import Option
from domain.refusals import Refusal
from tests.agents.stockout.scene import Scene
from tools import catalogue

KEY = Tier(name="key", rank=1, tags=("Tier A",), late_per_day=Decimal("0.01"), lost=Decimal("0.10"))
SMALL = Tier(name="small", rank=2, tags=("Tier C",), late_per_day=Decimal("0"), lost=Decimal("0"))
TIERS = Terms(tiers=(KEY, SMALL))


def corner_shop(shop: Scene) -> int:
    """A customer of the lower tier."""
    return shop.world.customer_of_tier("Corner Shop", "C")


def one(shop: Scene, kind: str, terms: Terms = TIERS) -> Option:
    """The only option of its kind."""
    (found,) = [option for name, option in shop.options(terms).items() if name.startswith(f"{kind}:")]
    return found


def accepted(shop: Scene, option: Option) -> bool:
    """Whether the actions price the option's drafts and would carry them out."""
    steps = [catalogue.price(draft, shop.reader) for draft in option.drafts]
    actions = [(catalogue.CATALOGUE[draft.action], draft.params) for draft in option.drafts]
    refused = [action.precondition(shop.reader, action.parse(params)) for action, params in actions]
    return bool(steps) and not any(isinstance(step, Refusal) for step in steps) and not any(refused)


def delivery(shop: Scene, order: int) -> int:
    """The open delivery of a sales order."""
    with shop.world.engine.transaction() as env:
        lines = env.search("sale.order.line", [("order_id", "=", order)])
        (move,) = env.search("stock.move", [("sale_line_id", "in", lines), ("state", "not in", ["done", "cancel"])])
        return int(env.row("stock.move", move)["picking_id"])
