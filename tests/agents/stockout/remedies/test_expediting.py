"""A vendor that comes too late is hurried by the order's buyer, once; a date moves only when the vendor agreed."""

import json
from decimal import Decimal

import pytest

from agents import stockout
from agents.stockout.gathering import HURRY
from domain.money import Money
from domain.plans import Option
from domain.refusals import Refusal
from tests.agents.stockout.scene import Scene
from tools.activity import ActivityParams
from tools.note import NoteParams
from tools.redate import RedateParams


@pytest.fixture
def late(shop: Scene) -> Scene:
    """Ten lanterns ordered for the second day; the vendor promised them for that day and moved them by twenty."""
    shop.world.vendor_price("lantern", "1.80", delay=5)
    shop.world.sell("lantern", "WH", 10, in_days=2)
    order = shop.world.buy("lantern", "WH", 10, in_days=2)
    shop.world.postpone(order, 20)
    return shop


def one(shop: Scene, kind: str) -> Option:
    (found,) = [option for name, option in shop.options().items() if name.startswith(f"{kind}:")]
    return found


def ask(shop: Scene, summary: str) -> None:
    """An activity on the order, open."""
    with shop.world.engine.transaction() as env:
        buyer = shop.world.users["buyer"].uid
        (order,) = env.search("purchase.order", [])
        wanted = {"summary": summary, "user_id": buyer, "date_deadline": "2026-11-24"}
        env.call(
            "purchase.order", "activity_schedule", [order], act_type_xmlid="mail.mail_activity_data_todo", **wanted
        )


def test_half_of_what_the_first_promise_would_save_is_counted(late: Scene) -> None:
    option = one(late, "expedite")

    assert late.evidence().finding.money_at_risk == Money.model_validate("19.50 GBP")
    assert option.risk_removed == Money.model_validate("9.75 GBP")
    assert "by 2026-11-25 and not on 2026-12-15" in option.title


def test_the_buyer_is_asked_and_the_order_says_why(late: Scene) -> None:
    activity, note = one(late, "expedite").drafts
    todo = ActivityParams.model_validate_json(json.dumps(activity.params))
    said = NoteParams.model_validate_json(json.dumps(note.params))

    assert todo.summary == f"{HURRY}: 10 Units of “[71053] White metal lantern” by 2026-11-25"
    assert (todo.model, todo.record, todo.user) == ("purchase.order", 1, late.world.users["buyer"].uid)
    assert (said.model, said.record) == ("purchase.order", 1)
    assert "“Leicester” is short of it, 19.50 GBP at risk" in said.body


def test_hurrying_costs_what_the_terms_say_and_else_nobody_knows(late: Scene) -> None:
    cost = Money.model_validate("25 GBP")
    terms = late.evidence().terms

    assert one(late, "expedite").cost is None
    assert next(o for n, o in late.options(terms.but(expedite_cost=cost)).items() if n[:3] == "exp").cost == cost


def test_a_line_on_its_promised_day_may_come_in_half_the_time(shop: Scene) -> None:
    shop.world.vendor_price("lantern", "1.80", delay=5)
    shop.world.sell("lantern", "WH", 10, in_days=2)
    shop.world.buy("lantern", "WH", 10, in_days=11)

    assert "by 2026-11-29 and not on 2026-12-04" in one(shop, "expedite").title


def test_an_overdue_line_comes_tomorrow_at_best(shop: Scene) -> None:
    shop.world.sell("lantern", "WH", 10, in_days=0)
    shop.world.buy("lantern", "WH", 10, in_days=-5)
    for ordered in (90, 60, 40):
        shop.world.received("jug", "WH", 5, ordered=ordered, promised=10, late=6)

    assert "by 2026-11-24 and not on 2026-11-29" in one(shop, "expedite").title


def test_whoever_was_asked_is_not_asked_again_while_the_activity_is_open(late: Scene) -> None:
    ask(late, f"{HURRY}: please")

    option = one(late, "expedite")

    assert not option.feasible
    assert "was asked already" in (option.why_not or "")
    assert not late.choice().option.startswith("expedite")


def test_an_activity_about_something_else_does_not_keep_a_vendor_from_being_hurried(late: Scene) -> None:
    ask(late, "Check the invoice")

    assert one(late, "expedite").feasible


def test_an_order_without_a_buyer_has_nobody_to_ask(late: Scene) -> None:
    with late.world.engine.transaction() as env:
        env.write("purchase.order", env.search("purchase.order", []), {"user_id": False})

    assert "nobody answers for it in Odoo" in (one(late, "expedite").why_not or "")


def test_the_desk_does_not_ask_itself(late: Scene) -> None:
    with late.world.engine.transaction() as env:
        env.write("purchase.order", env.search("purchase.order", []), {"user_id": late.world.users["desk"].uid})

    assert "nobody answers for it in Odoo" in (one(late, "expedite").why_not or "")


def test_an_order_that_comes_in_time_is_not_hurried(shop: Scene) -> None:
    shop.world.vendor_price("lantern", "1.80", delay=5)
    shop.world.buy("lantern", "WH", 10, in_days=2)
    shop.world.sell("lantern", "WH", 20, in_days=5)

    assert "nothing would be saved" in (one(shop, "expedite").why_not or "")


def test_a_new_date_is_for_people_and_never_chosen(late: Scene) -> None:
    option = one(late, "redate")

    assert option.feasible
    assert option.for_people
    assert option.why_not == "only once the vendor agreed: propose it with the day the vendor gave, as days from today"
    assert not late.choice().option.startswith("redate")


def test_a_person_names_the_day_the_vendor_gave(late: Scene) -> None:
    agreed = stockout.adjust(late.evidence(), one(late, "redate"), {"days": Decimal(5)})
    later = stockout.adjust(late.evidence(), one(late, "redate"), {"days": Decimal(40)})

    assert isinstance(agreed, Option)
    assert isinstance(later, Option)
    assert str(RedateParams.model_validate_json(json.dumps(agreed.drafts[0].params)).planned) == "2026-11-28"
    assert agreed.risk_removed == Money.model_validate("17.55 GBP"), "all but three of thirty days"
    assert later.risk_removed == Money.zero("GBP"), "a later day is the truth and saves nothing"


def test_a_line_that_cannot_come_sooner_is_offered_a_day_later(shop: Scene) -> None:
    shop.world.vendor_price("lantern", "1.80", delay=5)
    shop.world.sell("lantern", "WH", 10, in_days=0)
    shop.world.buy("lantern", "WH", 10, in_days=1)

    assert one(shop, "redate").knobs[0].value == 2


@pytest.mark.parametrize("days", ["0", "366", "1.5", "-3"])
def test_a_day_that_cannot_be_is_refused(late: Scene, days: str) -> None:
    refusal = stockout.adjust(late.evidence(), one(late, "redate"), {"days": Decimal(days)})

    assert isinstance(refusal, Refusal)
    assert "must be from 1 to 365 days" in refusal.reason


def test_a_to_do_that_somebody_else_gave_is_not_the_desk_s_to_close(late: Scene) -> None:
    ask(late, f"{HURRY}: [ref DESK-0123456789abcdef]")

    assert [draft.action for draft in one(late, "redate").drafts] == ["purchase.redate"]
