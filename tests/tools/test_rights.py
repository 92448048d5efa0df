"""Rights: every need of every action is granted by a group that has a name, and those of the service user suffice."""

from pathlib import Path

import pytest

from domain.plans import Draft
from scenarios.sandbox.people.groups import GROUPS
from tests.tools.bench import Bench
from tools.action import AnyAction
from tools.allowlist import FIELDS
from tools.catalogue import CATALOGUE
from tools.document import DOCUMENTS
from tools.rights import (
    FURTHER_GROUPS,
    GRANTED_BY,
    MIGHTY_GROUPS,
    SERVICE_GROUPS,
    Group,
    Need,
    lacking,
    needs,
    undo_needs,
)

EVERY = sorted({need for action in CATALOGUE.values() for need in needs(action) | undo_needs(action)})
EVERYBODYS = {Need("mail.activity", "unlink"), Need("mail.activity", "write")}
WORDED = {"message_post"}
"""What the documents say in other words: a note."""


def rows_of(document: str) -> list[list[str]]:
    """The cells of every table row."""
    lines = (line for line in document.splitlines() if line.startswith("|"))
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


ROWS = rows_of((Path(__file__).resolve().parents[2] / "docs" / "odoo.md").read_text("utf-8"))


def wearing(bench: Bench, *groups: Group) -> None:
    """From now on the desk's user is in these groups only."""
    with bench.engine.transaction() as env:
        worn = [env.ref(group.xmlid) for group in groups]
        env.write("res.users", bench.world.users["desk"].uid, {"groups_id": [(6, 0, worn)]})


@pytest.mark.parametrize("need", EVERY, ids=str)
def test_somebody_can_be_told_which_group_grants_it(need: Need) -> None:
    assert need in GRANTED_BY or need in EVERYBODYS


@pytest.mark.parametrize("need", GRANTED_BY, ids=str)
def test_a_group_grants_what_it_is_named_for(bench: Bench, need: Need) -> None:
    wearing(bench, GRANTED_BY[need])

    assert bench.gateway.reader(bench.world.company).may(*need)


@pytest.mark.parametrize("group", [*SERVICE_GROUPS, *FURTHER_GROUPS.values(), *MIGHTY_GROUPS], ids=lambda g: g.xmlid)
def test_every_group_is_one_of_odoos(group: Group) -> None:
    assert GROUPS[group.xmlid].name.replace("/", ": ", 1) == group.called(18)


def test_the_groups_of_the_service_user_suffice_to_read(bench: Bench) -> None:
    wearing(bench, *SERVICE_GROUPS)

    reads = bench.gateway.reader(bench.world.company)

    assert [model for model in FIELDS if not reads.may(model, "read")] == []


@pytest.mark.parametrize("action", CATALOGUE.values(), ids=lambda action: action.name)
def test_the_groups_of_the_service_user_suffice_to_act_and_to_take_back(bench: Bench, action: AnyAction) -> None:
    wearing(bench, *SERVICE_GROUPS)
    reads = bench.gateway.reader(bench.world.company)

    lacks = [need for need in needs(action) | undo_needs(action) if not reads.may(*need)]

    assert bool(lacks) == (action.name in FURTHER_GROUPS)
    assert all(GRANTED_BY[need] == FURTHER_GROUPS[action.name] for need in lacks)


@pytest.mark.parametrize("spared", SERVICE_GROUPS, ids=lambda group: group.xmlid)
def test_none_of_them_is_superfluous(bench: Bench, spared: Group) -> None:
    wearing(bench, *(group for group in SERVICE_GROUPS if group != spared))
    reads = bench.gateway.reader(bench.world.company)

    assert any(not reads.may(*need) for need, group in GRANTED_BY.items() if group == spared)


def test_a_word_needs_the_right_on_its_own_document_only(bench: Bench) -> None:
    wearing(bench, GRANTED_BY[Need("stock.picking", "write")])
    reads = bench.gateway.reader(bench.world.company)
    note = CATALOGUE["mail.note"]

    on_picking = Draft(action=note.name, params={"model": "stock.picking", "record": 1, "body": "seen"})
    on_purchase = Draft(action=note.name, params={"model": "purchase.order", "record": 1, "body": "seen"})

    assert lacking(reads, note, on_picking) == ()
    assert lacking(reads, note, on_purchase) == (Need("purchase.order", "write"),)


def test_who_may_what_is_asked_once_a_minute(bench: Bench) -> None:
    for _ in range(2):
        bench.gateway.reader(bench.world.company).may("stock.picking", "write")
        bench.gateway.reader(bench.world.company).holds(bench.world.users["warehouse"].uid, "stock.group_stock_manager")

    assert [call.method for call in bench.line.calls] == ["check_access_rights", "has_group"]


@pytest.mark.parametrize("action", CATALOGUE.values(), ids=lambda action: action.name)
def test_the_documents_name_every_right_of_an_action(action: AnyAction) -> None:
    to_do, to_undo = next(row[1:3] for row in ROWS if row[0] == f"`{action.name}`" and len(row) == 3)

    assert [need for need in needs(action) if not named(need, to_do)] == []
    assert [need for need in undo_needs(action) if not named(need, to_do if to_undo == "the same" else to_undo)] == []


def named(need: Need, cell: str) -> bool:
    """Whether the cell names model and operation; the documents that take words are named as one."""
    model = f"`{need.model}`" in cell or ("document" in cell and need.model in DOCUMENTS)
    return model and need.operation in cell


@pytest.mark.parametrize("action", CATALOGUE.values(), ids=lambda action: action.name)
def test_the_documents_say_what_an_action_writes_and_how_it_is_taken_back(action: AnyAction) -> None:
    written = next(row for row in ROWS if row[0] == f"`{action.name}`" and len(row) == 5)

    methods = {method for permit in action.scope.permits for method in permit.methods}
    fields = {field for permit in action.scope.permits for field in permit.fields} if methods == {"write"} else set()
    told = (methods | fields) - {"create", "write"} - WORDED
    assert [word for word in told if word not in written[1]] == []


@pytest.mark.parametrize("group", SERVICE_GROUPS, ids=lambda group: group.xmlid)
def test_the_documents_name_the_groups_of_the_service_user(group: Group) -> None:
    assert [row[0] for row in ROWS if f"`{group.xmlid}`" in row] == [group.name]
