"""What counts as the same answer, and what a call must have changed: each rule fails where it is broken."""

from tests.contract.recorded import states
from tests.contract.recorded.agreement import difference
from tests.contract.recorded.captures import Captured, captures, parsed
from tests.contract.recorded.effects import standing, wrong_effect
from tests.contract.recorded.lab import Lab, open_lab
from tests.contract.recorded.names import asked


def test_an_answer_of_another_shape_is_told_apart() -> None:
    wizard = captures(18)["so_action_cancel"].result

    assert difference(wizard, True) is not None
    assert difference(True, wizard) is not None
    assert difference(wizard, {**wizard, "res_model": "stock.picking"}) is not None
    assert difference(wizard, {"type": wizard["type"]}) is not None
    assert difference([{"id": 1, "name": "x"}], [{"id": 1, "name": 2.0}]) is not None
    assert difference([1], []) is not None
    assert difference([{"id": 1, "name": "x"}], [{"id": 7, "name": False}]) is None
    assert difference({"62": "exc.x"}, {"7": "exc.x"}) is None


def call(name: str) -> Captured:
    return captures(18)[name]


def effect(lab: Lab, name: str, state: states.State, done: str | None) -> str | None:
    """What is said about a call that did nothing, or another method in its place."""
    line = call(name)
    state(lab, line)
    args, _ = asked(lab, line)
    before = standing(lab)
    if done:
        lab.call(line.model, done, *args)
    return wrong_effect(lab, line, state, args, before)


def test_an_order_that_was_not_confirmed_is_a_wrong_effect() -> None:
    assert effect(open_lab(), "po_reconfirm", states.rfq, None) is not None
    assert effect(open_lab(), "po_reconfirm", states.rfq, "button_confirm") is None


def test_a_call_that_changes_what_odoo_leaves_alone_is_a_wrong_effect() -> None:
    assert effect(open_lab(), "po_confirm_twice", states.purchase, "button_cancel") is not None
    assert effect(open_lab(), "po_confirm_twice", states.purchase, "button_confirm") is None


def test_what_was_not_written_is_a_wrong_effect() -> None:
    assert effect(open_lab(), "so_write_commitment", states.sale, None) is not None
    assert effect(open_lab(), "so_write_commitment", states.sale, "write") is None


def test_what_was_not_removed_is_a_wrong_effect() -> None:
    assert effect(open_lab(), "so_unlink_draft", states.quotation, None) is not None
    assert effect(open_lab(), "so_unlink_draft", states.quotation, "unlink") is None


def test_a_window_that_asks_back_must_leave_all_as_it_was() -> None:
    lab = open_lab()

    assert effect(lab, "so_action_cancel", states.sale, "action_lock") is not None


def test_a_raw_line_is_read_like_a_compact_one() -> None:
    raw = {
        "name": "x",
        "model": "sale.order",
        "method": "read",
        "args": [[1]],
        "kwargs": {},
        "ms": 3.0,
        "user": "admin",
    }
    refused = {**raw, "response": {"id": 1, "error": {"data": {"name": "odoo.exceptions.UserError", "message": "No"}}}}

    assert parsed({**raw, "response": {"id": 1, "result": []}}, 18).result == []
    assert parsed({**raw, "response": {"id": 1}}, 18).result is None
    assert parsed(refused, 18).error == "odoo.exceptions.UserError"
    assert parsed({"name": "y", "result": "[57, 58]", "type": "list"}, 18).result == [57, 58]
