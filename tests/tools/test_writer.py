"""The write handle admits what the action declared, and not one thing more."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.calls import Call
from domain.faults import OutcomeUnknown, Unreachable
from domain.scopes import Permit, Scope
from domain.values import Json
from tools.errors import OutOfScope
from tools.trace import Trace
from tools.writer import Writer

MARKER = "DESK-0123456789abcdef"
SCOPE = Scope(
    permits=(
        Permit(
            model="purchase.order",
            methods=frozenset({"create"}),
            fields=frozenset({"company_id", "origin", "partner_id", "notes"}),
            children={"order_line": frozenset({"product_id", "product_qty", "company_id"})},
            marker="origin",
        ),
        Permit(
            model="purchase.order",
            methods=frozenset({"write", "button_cancel"}),
            fields=frozenset({"notes"}),
            keywords=frozenset({"reason"}),
            context=frozenset({"quick"}),
        ),
        Permit(
            model="sale.order",
            methods=frozenset({"message_post"}),
            keywords=frozenset({"body", "subtype_xmlid"}),
            context=frozenset({"quiet"}),
            fixed={"subtype_xmlid": "mail.mt_note", "quiet": True},
            marker="body",
        ),
    ),
    calls=2,
)


LINKS = Scope(
    permits=(
        Permit(model="sale.order", methods=frozenset({"write"}), links=frozenset({"tag_ids"})),
        Permit(model="purchase.order", methods=frozenset({"write"}), unlinks=frozenset({"tag_ids"})),
    )
)


class Line:
    """Answers every call with 7, and keeps it."""

    uid = 5

    def __init__(self, answer: Json = 7, fault: Exception | None = None) -> None:
        self.calls: list[Call] = []
        self.answer = answer
        self.fault = fault

    def execute(self, call: Call) -> Json:
        self.calls.append(call)
        if self.fault is not None:
            raise self.fault
        return self.answer


def writer(line: Line, *, budget: int | None = None) -> Writer:
    return Writer(line, SCOPE, 3, trace=Trace(marker=MARKER), budget=budget)


def order(**more: Json) -> dict[str, Json]:
    return {"origin": MARKER, "partner_id": 4, **more}


def test_a_declared_create_is_sent_with_the_company_in_its_context() -> None:
    line = Line()

    made = writer(line).create("purchase.order", order(order_line=[[0, 0, {"product_id": 2, "product_qty": 1.5}]]))

    assert made == 7
    assert line.calls[0].kwargs == {"context": {"allowed_company_ids": [3], "lang": "en_US", "tz": "UTC"}}


def test_declared_context_and_keywords_are_sent() -> None:
    line = Line()

    writer(line).call("purchase.order", "button_cancel", [4], context={"quick": True}, reason="late")

    assert line.calls[0].args == ([4],)
    assert line.calls[0].kwargs["reason"] == "late"


@pytest.mark.parametrize(
    "values",
    [
        order(state="purchase"),
        order(company_id=4),
        order(company_id=True),
        order(partner_id=True),
        order(partner_id=0),
        order(partner_id="4"),
        order(notes=float("nan")),
        order(notes=float("inf")),
        order(notes=["x"]),
        order(order_line=[[0, 0, {"price_unit": 1}]]),
        order(order_line=[[0, 0, {"product_qty": float("nan")}]]),
        order(order_line=[[0, 0, {"company_id": 4}]]),
        order(order_line=[[0, 0, {"product_id": [[0, 0, {}]]}]]),
        order(order_line=[[1, 9, {"product_qty": 2}]]),
        order(order_line=[[2, 9, 0]]),
        order(order_line=[[6, 0, [9]]]),
        order(order_line=[[False, False, {"product_id": 2}]]),
        order(order_line={"product_id": 2}),
        {"partner_id": 4},
        {"partner_id": 4, "origin": "DESK-ffffffffffffffff"},
    ],
    ids=str,
)
def test_values_that_were_not_declared_are_never_sent(values: dict[str, Json]) -> None:
    line = Line()

    with pytest.raises(OutOfScope):
        writer(line).call("purchase.order", "create", values)

    assert line.calls == []


@pytest.mark.parametrize(
    ("model", "method", "args"),
    [
        ("purchase.order", "unlink", ([4],)),
        ("purchase.order", "button_confirm", ([4],)),
        ("stock.quant", "create", ({},)),
        ("purchase.order", "create", ([order()],)),
        ("purchase.order", "create", ()),
        ("purchase.order", "write", ([4],)),
        ("purchase.order", "write", (4, {"notes": "x"})),
        ("purchase.order", "write", ([4], {"state": "purchase"})),
        ("purchase.order", "button_cancel", ([],)),
        ("purchase.order", "button_cancel", ([True],)),
        ("purchase.order", "button_cancel", ([-1],)),
        ("purchase.order", "button_cancel", ([4.0],)),
        ("purchase.order", "button_cancel", (["4"],)),
        ("purchase.order", "button_cancel", (list(range(1, 102)),)),
        ("purchase.order", "button_cancel", ([4], "more")),
    ],
    ids=str,
)
def test_calls_that_were_not_declared_are_never_sent(model: str, method: str, args: tuple[Json, ...]) -> None:
    line = Line()

    with pytest.raises(OutOfScope):
        writer(line).call(model, method, *args)

    assert line.calls == []


@pytest.mark.parametrize(
    ("context", "keywords"),
    [
        ({}, {"force": True}),
        ({"tracking_disable": True}, {}),
        ({"allowed_company_ids": [1, 2]}, {}),
        ({"reason": "as context"}, {}),
        ({}, {"quick": True, "send_email": True}),
    ],
    ids=str,
)
def test_keywords_and_context_that_were_not_declared_are_never_sent(
    context: dict[str, Json], keywords: dict[str, Json]
) -> None:
    line = Line()

    with pytest.raises(OutOfScope):
        writer(line).call("purchase.order", "button_cancel", [4], context=context, **keywords)

    assert line.calls == []


@pytest.mark.parametrize(
    ("context", "keywords"),
    [
        ({"quiet": True}, {"body": MARKER, "subtype_xmlid": "mail.mt_comment"}),
        ({"quiet": True}, {"body": MARKER}),
        ({"quiet": 1}, {"body": MARKER, "subtype_xmlid": "mail.mt_note"}),
        ({}, {"body": MARKER, "subtype_xmlid": "mail.mt_note"}),
        ({"quiet": True}, {"body": "unmarked", "subtype_xmlid": "mail.mt_note"}),
        ({"quiet": True}, {"body": MARKER, "subtype_xmlid": "mail.mt_note", "partner_ids": [4]}),
    ],
    ids=str,
)
def test_a_note_can_be_nothing_but_a_marked_note(context: dict[str, Json], keywords: dict[str, Json]) -> None:
    line = Line()

    with pytest.raises(OutOfScope):
        writer(line).call("sale.order", "message_post", [4], context=context, **keywords)

    assert line.calls == []


@pytest.mark.parametrize(("model", "command"), [("sale.order", 4), ("purchase.order", 3)])
def test_one_record_is_linked_or_let_go_as_declared(model: str, command: int) -> None:
    line = Line()

    Writer(line, LINKS, 3, trace=Trace(marker=MARKER)).call(model, "write", [4], {"tag_ids": [[command, 9]]})

    assert line.calls[0].args == ([4], {"tag_ids": [[command, 9]]})


@pytest.mark.parametrize(
    ("model", "value"),
    [
        *((model, [[command, 9]]) for model in ("sale.order", "purchase.order") for command in (0, 1, 2, 5, 6)),
        ("sale.order", [[3, 9]]),
        ("purchase.order", [[4, 9]]),
        ("sale.order", [[4, 9], [4, 10]]),
        ("sale.order", [[4, 9, 0]]),
        ("sale.order", [[6, 0, [9]]]),
        ("sale.order", [[0, 0, {"name": "x"}]]),
        ("sale.order", [[2, 9, 0]]),
        ("sale.order", [[5]]),
        ("sale.order", [[4, 0]]),
        ("sale.order", [[4, -9]]),
        ("sale.order", [[4, True]]),
        ("sale.order", [[4.0, 9]]),
        ("sale.order", [[4, [9]]]),
        ("sale.order", []),
        ("sale.order", 9),
        ("sale.order", {"4": 9}),
    ],
    ids=str,
)
def test_no_other_command_on_many_records_is_sent(model: str, value: Json) -> None:
    line = Line()

    with pytest.raises(OutOfScope):
        Writer(line, LINKS, 3, trace=Trace(marker=MARKER)).call(model, "write", [4], {"tag_ids": value})

    assert line.calls == []


def test_a_step_makes_no_more_calls_than_it_declared() -> None:
    line = Line()
    handle = writer(line)
    handle.call("purchase.order", "button_cancel", [4])
    handle.call("purchase.order", "button_cancel", [4])

    with pytest.raises(OutOfScope, match="2 calls"):
        handle.call("purchase.order", "button_cancel", [4])

    assert len(line.calls) == 2


def test_a_handle_without_a_budget_sends_nothing() -> None:
    line = Line()

    with pytest.raises(OutOfScope):
        writer(line, budget=0).call("purchase.order", "button_cancel", [4])

    assert line.calls == []


def test_the_handle_knows_whether_anything_can_have_changed() -> None:
    good, lost, down = writer(Line()), writer(Line(fault=OutcomeUnknown())), writer(Line(fault=Unreachable()))

    good.call("purchase.order", "button_cancel", [4])
    with pytest.raises(OutcomeUnknown):
        lost.call("purchase.order", "button_cancel", [4])
    with pytest.raises(Unreachable):
        down.call("purchase.order", "button_cancel", [4])

    assert (good.untouched, lost.untouched, down.untouched) == (False, False, True)


@pytest.mark.parametrize("answer", [True, None, [7]])
def test_a_create_that_does_not_answer_with_an_id_hides_an_outcome(answer: Json) -> None:
    handle = writer(Line(answer))

    with pytest.raises(OutcomeUnknown):
        handle.create("purchase.order", order())

    assert handle.unsure


SCALARS = st.none() | st.booleans() | st.integers(-5, 5) | st.floats() | st.text(max_size=3)
TREES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner))


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
@given(values=st.dictionaries(st.sampled_from(["origin", "notes", "partner_id", "state", "company_id"]), TREES))
def test_whatever_passes_holds_only_declared_fields_plain_values_and_this_company(values: dict[str, Json]) -> None:
    line = Line()

    with suppress(OutOfScope):
        writer(line).call("purchase.order", "create", {**values, "origin": MARKER})

    for call in line.calls:
        sent = call.args[0]
        assert isinstance(sent, dict)
        assert "state" not in sent
        assert sent.get("company_id", 3) == 3
        assert all(isinstance(value, int | float | str | None) and value == value for value in sent.values())
