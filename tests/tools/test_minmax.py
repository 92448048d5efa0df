"""A reordering rule gets two new limits at once, and its old ones back."""

from decimal import Decimal

import pytest

from domain.calls import Call
from domain.faults import OutcomeUnknown
from domain.intents import Compensated, Stale, Undo, Unknown
from domain.plans import Draft
from domain.refusals import Refusal
from domain.values import Json
from scenarios.sandbox.transport import EngineTransport
from tests.tools.bench import Bench
from tests.tools.breaking import Breaking
from tests.tools.state import standing
from tools.catalogue import CATALOGUE, price

RULE = "stock.warehouse.orderpoint"


def limits(bench: Bench, rule: int) -> tuple[float, float]:
    row = bench.root().row(RULE, rule)
    return row["product_min_qty"], row["product_max_qty"]


def refused(bench: Bench, draft: Draft, case: str = "C1") -> Refusal:
    found = bench.perform(bench.intent(draft, case=case))
    assert isinstance(found, Refusal), found
    assert bench.line.writes == []
    return found


def unpriced(bench: Bench, draft: Draft) -> Refusal:
    found = price(draft, bench.gateway.reader(bench.world.company))
    assert isinstance(found, Refusal), found
    return found


def meddle(bench: Bench, model: str, record: int, **values: Json) -> None:
    with bench.engine.transaction() as env:
        env.write(model, [record], values)


def test_both_limits_are_written_at_once(bench: Bench) -> None:
    rule = bench.world.reorder("jug", "WH", 10, 50)

    undo = bench.done(bench.intent(bench.minmax("25", "80", rule=rule)))

    assert limits(bench, rule) == (25.0, 80.0)
    assert bench.line.writes == [f"{RULE}.write"]
    assert "is kept between minimum 25 and maximum 80" in undo.words


@pytest.mark.parametrize(("old", "new"), [((10, 50), ("60", "90")), ((10, 50), ("2", "5")), ((0, 50), ("0", "80"))])
def test_neither_limit_drags_the_other_along(bench: Bench, old: tuple[float, float], new: tuple[str, str]) -> None:
    rule = bench.world.reorder("jug", "WH", *old)
    before = standing(bench)
    intent = bench.intent(bench.minmax(*new, rule=rule))

    undo = bench.done(intent)
    left = limits(bench, rule)
    result = bench.perform(intent.taken_back(undo))

    assert left == (float(new[0]), float(new[1]))
    assert isinstance(result, Compensated)
    assert standing(bench) == before


def test_a_step_says_what_changes_and_what_it_exposes(bench: Bench) -> None:
    rule = bench.world.reorder("jug", "WH", 10, 50)

    meddle(bench, RULE, rule, trigger="auto")

    step = bench.priced(bench.minmax("25", "80", rule=rule))

    assert step.words == (
        "change the minimum of “[22427] Enamel flower jug cream” in “Leicester” from 10 to 25 and its maximum "
        "from 50 to 80 Units; Odoo buys up to it by itself"
    )
    assert (str(step.exposure.amount), step.exposure.quantity) == ("87.00 GBP", Decimal(30))
    assert step.exposure.product == bench.world.products["jug"]
    assert step.exposure.warehouse == bench.world.warehouses["WH"].id
    assert "stays ordered" in (step.rollback.remains or "")


@pytest.mark.parametrize(("minimum", "maximum", "amount"), [("10", "40", "29.00"), ("40", "50", "87.00")])
def test_the_limit_that_moves_furthest_is_exposed(bench: Bench, minimum: str, maximum: str, amount: str) -> None:
    assert str(bench.priced(bench.minmax(minimum, maximum)).exposure.amount) == f"{amount} GBP"


def test_an_ordinary_stock_user_is_told_which_group_is_missing(bench: Bench) -> None:
    draft, buyer = bench.minmax(), bench.world.users["buyer"].uid
    line = EngineTransport(bench.engine, buyer)
    assert "stock.group_stock_manager" not in bench.engine.groups_of(buyer)

    found = bench.perform(bench.intent(draft), gateway=bench.over(line))

    assert isinstance(found, Refusal)
    assert found.guard == "rights"
    assert "may not change reordering rules; give it the group Inventory / Administrator" in found.reason


def test_limits_that_stand_already_need_no_step(bench: Bench) -> None:
    assert "has these limits already" in unpriced(bench, bench.minmax("10", "50")).reason


def test_goods_without_a_worth_are_not_judged(bench: Bench) -> None:
    draft = bench.minmax()
    meddle(bench, "product.product", bench.world.products["jug"], standard_price=0, list_price=0)

    assert "cannot be judged" in unpriced(bench, draft).reason


def test_old_limits_that_odoo_does_not_take_back_are_told_to_a_person(bench: Bench) -> None:
    class Idle:
        """Odoo answers every write and does nothing."""

        uid = bench.line.uid

        def execute(self, call: Call) -> Json:
            return True if call.method == "write" else bench.line.execute(call)

    intent = bench.intent(bench.minmax())
    back = intent.taken_back(bench.done(intent))

    found = bench.perform(back, gateway=bench.over(Idle()))

    assert isinstance(found, Unknown)
    assert "look at the rule there" in found.reason


def test_a_rule_out_of_sight_cannot_be_priced(bench: Bench) -> None:
    assert unpriced(bench, bench.minmax(rule=99999)).guard == "facts"


@pytest.mark.parametrize(
    ("minimum", "maximum"), [("-1", "5"), ("NaN", "5"), ("0", "Infinity"), ("5", "4"), ("1", "1e30")], ids=str
)
def test_limits_out_of_bounds_are_refused(bench: Bench, minimum: str, maximum: str) -> None:
    assert unpriced(bench, bench.minmax(minimum, maximum)).guard == "params"


def test_an_archived_rule_or_product_is_left_alone(bench: Bench) -> None:
    rule = bench.world.reorder("jug", "WH", 10, 50)
    draft = bench.minmax(rule=rule)
    meddle(bench, "product.product", bench.world.products["jug"], active=False)
    meddle(bench, RULE, rule, active=True)
    assert "product" in refused(bench, draft).reason

    meddle(bench, RULE, rule, active=False)
    assert refused(bench, draft, case="C2").reason.startswith("reordering rule")


def test_a_rule_of_another_company_is_refused(bench: Bench) -> None:
    rule = bench.world.reorder("jug", "WH", 10, 50)
    intent = bench.intent(bench.minmax(rule=rule))
    with bench.engine.transaction() as env:
        other = env.create("res.company", {"name": "Elsewhere", "currency_id": env.ref("base.EUR")})
        env.write(RULE, [rule], {"company_id": other})

    found = bench.perform(intent.but(touches=()))

    assert isinstance(found, Refusal)
    assert "company" in found.reason
    assert bench.line.writes == []


def test_limits_that_somebody_changed_meanwhile_make_the_plan_stale(bench: Bench) -> None:
    rule = bench.world.reorder("jug", "WH", 10, 50)
    intent = bench.intent(bench.minmax(rule=rule))
    meddle(bench, RULE, rule, product_min_qty=12)

    assert isinstance(bench.perform(intent), Stale)
    assert limits(bench, rule) == (12.0, 50.0)


@pytest.mark.parametrize("values", [{"trigger": "auto"}, {"elsewhere": True}, {"standard_price": 9000.0}], ids=str)
def test_what_the_step_was_judged_by_and_changed_meanwhile_makes_the_plan_stale(
    bench: Bench, values: dict[str, Json]
) -> None:
    rule = bench.world.reorder("jug", "WH", 10, 50)
    meddle(bench, RULE, rule, trigger="manual")
    intent = bench.intent(bench.minmax(rule=rule))
    other = bench.world.warehouses["NTH"]
    if "standard_price" in values:
        meddle(bench, "product.product", bench.world.products["jug"], **values)
    elif "elsewhere" in values:
        meddle(bench, RULE, rule, warehouse_id=other.id, location_id=other.stock)
    else:
        meddle(bench, RULE, rule, **values)

    assert isinstance(bench.perform(intent), Stale)
    assert limits(bench, rule) == (10.0, 50.0)


def test_limits_that_somebody_changed_since_are_not_written_over(bench: Bench) -> None:
    rule = bench.world.reorder("jug", "WH", 10, 50)
    intent = bench.intent(bench.minmax(rule=rule))
    undo = bench.done(intent)
    meddle(bench, RULE, rule, product_max_qty=99)

    result = bench.perform(intent.taken_back(undo))

    assert isinstance(result, Refusal)
    assert "somebody set other limits since: minimum 25 and maximum 99" in result.reason


def test_limits_that_are_back_already_and_a_rule_that_is_gone_need_nothing(bench: Bench) -> None:
    rule = bench.world.reorder("jug", "WH", 10, 50)
    intent = bench.intent(bench.minmax(rule=rule))
    undo = bench.done(intent)
    meddle(bench, RULE, rule, product_min_qty=10, product_max_qty=50)
    bench.line.calls.clear()

    back = bench.perform(intent.taken_back(undo))
    assert isinstance(back, Compensated)
    with bench.engine.transaction() as env:
        env.unlink(RULE, [rule])
    again = bench.intent(bench.minmax(rule=bench.world.reorder("jug", "WH", 10, 50)), case="C2")
    gone = again.taken_back(undo)
    assert isinstance(bench.perform(gone), Compensated)
    assert bench.line.writes == []


def test_the_same_limits_set_by_a_person_while_the_desk_was_down_are_recorded_and_never_taken_back(
    bench: Bench,
) -> None:
    rule = bench.world.reorder("jug", "WH", 10, 50)
    intent = bench.intent(bench.minmax(rule=rule))
    bench.ledger.begin(intent, "G49")
    meddle(bench, RULE, rule, product_min_qty=25, product_max_qty=80)

    undo = bench.perform(intent)

    assert isinstance(undo, Undo)
    assert "somebody else" in CATALOGUE["stock.minmax"].undo_words(undo)
    back = bench.perform(intent.taken_back(undo))
    assert isinstance(back, Refusal)
    assert "somebody else had a hand in these limits" in back.reason
    assert bench.line.writes == []


def test_limits_that_odoo_rounds_are_taken_back(bench: Bench) -> None:
    class Rounding:
        """Odoo keeps whole units of this product only."""

        uid = bench.line.uid

        def execute(self, call: Call) -> Json:
            answer = bench.line.execute(call)
            if call.method == "write" and "80.5" in str(call.args):
                bench.engine.execute_kw(self.uid, None, RULE, "write", [[rule], {"product_max_qty": 80}], {})
            return answer

    rule = bench.world.reorder("jug", "WH", 10, 50)

    found = bench.perform(bench.intent(bench.minmax("25", "80.5", rule=rule)), gateway=bench.over(Rounding()))

    assert isinstance(found, Refusal)
    assert "the rule has minimum 25 and maximum 80, not what was asked for" in found.reason


def test_a_lost_answer_is_looked_up_and_its_old_limits_are_remembered(bench: Bench) -> None:
    rule = bench.world.reorder("jug", "WH", 10, 50)
    before = standing(bench)
    intent = bench.intent(bench.minmax(rule=rule))

    undo = bench.perform(intent, gateway=bench.over(Breaking(bench.line, 1, "after", OutcomeUnknown)))

    assert isinstance(undo, Undo)
    assert "set minimum 10 and maximum 50 again" in CATALOGUE["stock.minmax"].undo_words(undo)
    assert isinstance(bench.perform(intent.taken_back(undo)), Compensated)
    assert standing(bench) == before
