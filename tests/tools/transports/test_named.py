"""Odoo's ``/json/2`` takes arguments by name only: each call of the desk has names for what it says by place."""

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from domain.calls import READ_METHODS, Call
from domain.faults import ServerBug
from domain.values import Json
from tools.catalogue import CATALOGUE
from tools.dialects.versions import DIFFERENCES
from tools.transports.named import OF_MODELS, OF_RECORDS, answered, named

ROOT = Path(__file__).parents[3]
ABOVE = ("agents", "desk", "graphs", "inbox", "tools")
GONE = {"button_done"}
"""Methods that no Odoo with ``/json/2`` has: what is said instead of them has names."""


def call(model: str, method: str, *args: Json, **kwargs: Json) -> Call:
    return Call(model=model, method=method, args=args, kwargs=kwargs)


def declared() -> set[str]:
    """Every method that an action may call."""
    scopes = [scope for action in CATALOGUE.values() for scope in (action.scope, action.undo_scope)]
    return {method for scope in scopes for permit in scope.permits for method in permit.methods}


def written_out() -> Iterator[str]:
    """Every method that the source names in a call of its own."""
    for package in ABOVE:
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    yield from _method(node)


def _method(node: ast.Call) -> list[str]:
    """``Call(…, method="read")`` and ``self._ask(model, "read", …)``."""
    named = [each.value for each in node.keywords if each.arg == "method"]
    match node.func:
        case ast.Name(id="Call"):
            return _words(named)
        case ast.Attribute(attr="_ask"):
            return _words(node.args[1:2])
    return []


def _words(found: Sequence[ast.expr]) -> list[str]:
    return [each.value for each in found if isinstance(each, ast.Constant) and isinstance(each.value, str)]


def translated() -> set[str]:
    return {method.theirs for method in DIFFERENCES[19].methods if method.theirs}


def test_every_method_that_the_desk_calls_has_names_for_its_arguments() -> None:
    asked = declared() | set(written_out()) | translated() | READ_METHODS

    assert asked - {*OF_MODELS, *OF_RECORDS} - GONE == set()


def test_the_walk_through_the_source_finds_what_it_looks_for() -> None:
    assert {"search_read", "read_group", "read", "has_group"} <= set(written_out())
    assert {"create", "button_confirm", "message_post"} <= declared()


def test_a_method_takes_records_or_none() -> None:
    assert not set(OF_MODELS) & set(OF_RECORDS)


@pytest.mark.parametrize(
    ("asked", "body"),
    [
        (call("sale.order", "read", [7], ["name"]), {"ids": [7], "fields": ["name"]}),
        (call("sale.order", "read", 7, ["name"]), {"ids": [7], "fields": ["name"]}),
        (call("sale.order", "write", [7, 8], {"tag_ids": []}), {"ids": [7, 8], "vals": {"tag_ids": []}}),
        (call("sale.order", "action_lock", [7], context={"lang": "en_US"}), {"ids": [7], "context": {"lang": "en_US"}}),
        (call("sale.order", "message_post", [7], body="hello"), {"ids": [7], "body": "hello"}),
        (call("res.users", "has_group", [7], "base.group_user"), {"ids": [7], "group_ext_id": "base.group_user"}),
        (call("sale.order", "has_access", [], "write"), {"ids": [], "operation": "write"}),
        (call("crm.tag", "create", {"name": "On hold"}), {"vals_list": [{"name": "On hold"}]}),
        (call("crm.tag", "create", [{"name": "On hold"}]), {"vals_list": [{"name": "On hold"}]}),
        (call("crm.tag", "create", vals_list={"name": "On hold"}), {"vals_list": [{"name": "On hold"}]}),
        (call("crm.tag", "search_count", [["id", ">", 1]]), {"domain": [["id", ">", 1]]}),
        (call("crm.tag", "search_read", [], limit=5), {"domain": [], "limit": 5}),
        (call("crm.tag", "load", ["id"], [["x"]]), {"fields": ["id"], "data": [["x"]]}),
    ],
    ids=str,
)
def test_what_is_said_by_place_gets_its_name(asked: Call, body: object) -> None:
    assert named(asked) == body


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (call("sale.order", "action_lock"), "ids of its records first"),
        (call("sale.order", "write", {"name": "x"}), "ids of its records first"),
        (call("sale.order", "write", [True], {"name": "x"}), "ids of its records first"),
        (call("sale.order", "write", ["7"], {"name": "x"}), "ids of its records first"),
        (call("sale.order", "action_lock", []), "no record at all"),
        (call("sale.order", "write", [7], {"name": "x"}, {}), "takes 1 arguments by place, and got 2"),
        (call("sale.order", "write", [7], {"name": "x"}, vals={}), "got vals by name"),
        (call("sale.order", "write", [7], {"name": "x"}, ids=[8]), "got ids by name"),
        (call("sale.order", "action_teleport", [7]), "how sale.order.action_teleport takes its arguments is not known"),
    ],
    ids=str,
)
def test_what_would_do_something_else_or_nothing_is_not_sent(asked: Call, why: str) -> None:
    with pytest.raises(ServerBug, match="nothing was sent") as caught:
        named(asked)

    assert why in str(caught.value)


def test_one_set_of_values_is_answered_with_one_id() -> None:
    one, several = call("crm.tag", "create", {"name": "A"}), call("crm.tag", "create", [{"name": "A"}])

    assert answered(one, [7]) == 7
    assert answered(several, [7]) == [7]
    assert answered(call("crm.tag", "search", []), [7]) == [7]
