"""Goods that arrived and stand at the input: whoever answers for the transfer is asked to carry them to the shelf."""

from agents.stockout.remedies.carrying import ABOUT
from domain.plans import Option
from tests.agents.stockout.goods.test_inside import arrived
from tests.agents.stockout.remedies.customers_scene import accepted
from tests.agents.stockout.scene import Scene


def only(shop: Scene, kind: str) -> Option:
    (found,) = [option for name, option in shop.options().items() if name.startswith(f"{kind}:")]
    return found


def test_somebody_is_asked_to_carry_them_to_the_shelf(shop: Scene) -> None:
    arrived(shop)
    shop.world.sell("lantern", "WH", 10, in_days=0)
    with shop.world.engine.transaction() as env:
        (store,) = env.search("stock.picking", [("state", "=", "assigned"), ("picking_type_code", "=", "internal")])
        env.write("stock.picking", store, {"user_id": shop.world.users["warehouse"].uid})

    option = only(shop, "carry")

    assert option.feasible
    assert accepted(shop, option)
    assert option.title.startswith("Have 10 Units of “[71053] White metal lantern” carried from “WH/Input”")
    assert (option.drafts[0].params["model"], option.drafts[0].params["record"]) == ("stock.picking", store)
    assert option.drafts[0].params["user"] == shop.world.users["warehouse"].uid
    assert option.risk_removed.amount > 0


def test_where_nobody_answers_for_the_transfer_the_seller_is_asked(shop: Scene) -> None:
    arrived(shop)
    order = shop.world.sell("lantern", "WH", 10, in_days=0)

    draft = only(shop, "carry").drafts[0]

    assert (draft.params["model"], draft.params["record"]) == ("sale.order", order)
    assert draft.params["user"] == shop.world.users["sales"].uid


def test_goods_at_the_input_that_no_transfer_carries_on_wait_for_a_person(shop: Scene) -> None:
    shop.world.stock("lantern", "WH", 10, at=shop.world.in_two_steps("WH"))
    shop.world.sell("lantern", "WH", 10, in_days=3)

    option = only(shop, "carry")

    assert shop.projection().to_order == 0, "they are there: nothing is bought again"
    assert option.why_not == "no transfer carries it on from “WH/Input”; make one in Odoo"


def test_nobody_is_asked_twice_to_carry_the_same_goods(shop: Scene) -> None:
    arrived(shop)
    order = shop.world.sell("lantern", "WH", 10, in_days=0)
    with shop.world.engine.transaction() as env:
        wanted = {"summary": f"{ABOUT}: lanterns", "user_id": shop.world.users["sales"].uid}
        env.call("sale.order", "activity_schedule", [order], act_type_xmlid="mail.mail_activity_data_todo", **wanted)

    assert "was asked already" in (only(shop, "carry").why_not or "")
