"""Limits of a vendor count what is bought of it, by whichever of its contacts."""

import pytest

from domain.plans import Draft
from tests.tools.bench import Bench


def by_contact(bench: Bench, action: str) -> Draft:
    """A step with a sales desk of the world's vendor."""
    with bench.engine.transaction() as env:
        contact = env.create("res.partner", {"name": "Its sales desk", "parent_id": bench.world.vendor})
    if action == "rfq":
        draft = bench.rfq()
        return draft.but(params={**draft.params, "vendor": contact})
    order = bench.request()
    with bench.engine.transaction() as env:
        env.write("purchase.order", [order], {"partner_id": contact})
        if action == "redate":
            env.call("purchase.order", "button_confirm", [order])
    return bench.redate(order=order) if action == "redate" else bench.confirm(order)


@pytest.mark.parametrize("action", ["rfq", "confirm", "redate"])
def test_whoever_is_ordered_from_by_a_contact_is_the_company_behind_it(bench: Bench, action: str) -> None:
    assert bench.priced(by_contact(bench, action)).exposure.vendor == bench.world.vendor
