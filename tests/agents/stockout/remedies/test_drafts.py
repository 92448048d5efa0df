"""Whatever a remedy drafts, its action takes: it is priced, admitted and could be carried out as it stands."""

import pytest

from agents import stockout
from domain.refusals import Refusal
from tests.agents.stockout.scene import Scene
from tools import catalogue


@pytest.fixture
def busy(shop: Scene) -> Scene:
    """Everything at once: donors, a vendor, a drafted request, a late order, a minimum that demand outgrew."""
    shop.world.vendor_price("lantern", "1.80", delay=10)
    shop.world.history("lantern", "WH", 49, weeks=12)
    shop.world.stock("lantern", "NTH", 60)
    shop.world.stock("lantern", "STH", 50)
    shop.world.reorder("lantern", "WH", 5, 10)
    shop.world.sell("lantern", "WH", 200, in_days=3)
    shop.world.buy("lantern", "WH", 20, in_days=10, confirm=False)
    shop.world.postpone(shop.world.buy("lantern", "WH", 30, in_days=2), 10)
    return shop


def test_every_feasible_option_of_the_supply_side_is_taken_by_its_actions(busy: Scene) -> None:
    ours = ("transfer", "confirm", "rfq", "expedite", "redate", "minimum", "both")
    options = [option for option in stockout.options(busy.evidence()) if option.name.partition(":")[0] in ours]
    able = [option for option in options if option.feasible]

    assert {option.name.partition(":")[0] for option in able} == set(ours)
    for option in able:
        for draft in option.drafts:
            step = catalogue.price(draft, busy.reader)
            action = catalogue.CATALOGUE[draft.action]
            assert not isinstance(step, Refusal), (option.name, step)
            assert action.precondition(busy.reader, action.parse(draft.params)) is None, option.name
