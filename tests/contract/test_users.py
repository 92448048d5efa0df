"""What each role's user may read and do in Odoo, and that the desk's own needs no more than the product documents."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from domain.errors import DeskError
from domain.faults import AccessRefused
from domain.intents import Compensated, Undo
from domain.refusals import Refusal
from tests.contract.drafts import PREPARED, Prepared
from tests.contract.ground import Ground
from tools.catalogue import CATALOGUE, price
from tools.reader import Reader
from tools.reads.history import receipts
from tools.reads.moves import open_moves
from tools.reads.orderpoints import orderpoints
from tools.reads.places import warehouses
from tools.reads.products import products
from tools.reads.purchases import purchase_lines
from tools.reads.stock import quants
from tools.reads.vendors import vendor_prices
from tools.rights import FURTHER_GROUPS

ALONE = ("buyer", "manager", "seller", "stocker", "plain")
"""People with one role each."""
CAN: Mapping[str, frozenset[str]] = {
    "stock.transfer": frozenset({"buyer", "manager", "seller", "stocker"}),
    "stock.reallocate": frozenset({"seller", "stocker"}),
    "stock.minmax": frozenset(),
    "purchase.create_rfq": frozenset({"buyer", "manager"}),
    "purchase.confirm": frozenset({"buyer", "manager"}),
    "purchase.redate": frozenset({"buyer", "manager"}),
    "sale.commitment": frozenset({"seller", "stocker"}),
    "sale.hold": frozenset({"seller"}),
    "mail.activity": frozenset({"seller", "stocker"}),
    "mail.activity_done": frozenset(),
    "mail.note": frozenset({"seller", "stocker"}),
}
"""Who of them has the rights for which action on the documents that the ground prepares: a note on a sales order wants
a right to sales orders, and only who gave a to-do closes it by the desk."""
CANNOT = {(19, "stock.transfer", "seller")}
"""Odoo 19 looks at purchases when a transfer is confirmed: what a salesperson made of it is cancelled again."""

FORBIDDEN: Mapping[Callable[[Reader], object], frozenset[str]] = {
    products: frozenset(),
    warehouses: frozenset(),
    open_moves: frozenset({"plain"}),
    quants: frozenset({"buyer", "manager", "seller", "plain"}),
    orderpoints: frozenset({"plain"}),
    vendor_prices: frozenset(),
}
"""What a role may not even ask; stock in lots is for those who handle it."""


def carried_out(ground: Ground, step: Prepared, who: str) -> Undo | Refusal:
    """The step as that person; a right that is missing is a refusal at whatever point it shows."""
    try:
        found = price(step.draft, ground.reader(who))
        outcome: Any = found if isinstance(found, Refusal) else ground.perform(step.draft, who)
    except AccessRefused as fault:
        return Refusal(guard="odoo", reason=str(fault))
    assert isinstance(outcome, Undo | Refusal), outcome
    return outcome


def test_every_action_says_who_may() -> None:
    assert set(CAN) == set(CATALOGUE)


@pytest.mark.parametrize("action", PREPARED)
def test_the_documented_groups_suffice(ground: Ground, action: str) -> None:
    """Those of the service, or one group more where that is documented for the action."""
    step = PREPARED[action](ground)
    needed = "keeper" if action in FURTHER_GROUPS else "service"

    undo = carried_out(ground, step, needed)

    assert isinstance(undo, Undo), undo
    assert step.look() == step.after


@pytest.mark.parametrize("action", FURTHER_GROUPS)
def test_without_the_further_group_the_step_is_refused_and_nothing_stands(ground: Ground, action: str) -> None:
    step = PREPARED[action](ground)

    assert isinstance(carried_out(ground, step, "service"), Refusal)
    assert step.look() == step.before


@pytest.mark.parametrize("who", ALONE)
@pytest.mark.parametrize("action", PREPARED)
def test_a_role_does_what_its_rights_allow_and_no_more(ground: Ground, action: str, who: str) -> None:
    step = PREPARED[action](ground)

    if who not in CAN[action] or (ground.version, action, who) in CANNOT:
        assert isinstance(carried_out(ground, step, who), Refusal)
        assert step.look() in (step.before, step.undone)
        return
    intent, undo = ground.done(step.draft, who)
    assert step.look() == step.after
    assert isinstance(ground.undo(intent, undo, who), Compensated)
    assert step.look() == step.undone


@pytest.mark.parametrize("who", ["service", *ALONE])
@pytest.mark.parametrize("read", FORBIDDEN, ids=lambda read: read.__name__)
def test_a_role_reads_what_its_rights_allow(ground: Ground, read: Callable[[Reader], object], who: str) -> None:
    cheese = ground.product("Cheese", tracking="lot")
    ground.stock(cheese, ground.warehouses[0], 4, lot=ground.lot(cheese, expires=ground.at(30)))

    if who in FORBIDDEN[read]:
        with pytest.raises(AccessRefused):
            read(ground.reader(who))
        return

    read(ground.reader(who))


def test_purchases_are_the_buyers_and_the_stock_peoples(ground: Ground) -> None:
    for who in ("service", "buyer", "manager", "stocker"):
        purchase_lines(ground.reader(who), [])
    for who in ("seller", "plain"):
        with pytest.raises(AccessRefused):
            purchase_lines(ground.reader(who), [])


def test_who_may_not_see_purchases_learns_nothing_of_them_by_the_desk(ground: Ground) -> None:
    order = ground.buy(ground.product("Jug"), 12, confirm=False)

    with pytest.raises(DeskError):
        ground.call("purchase.order", "read", [order], ["amount_total"], who="seller")


def test_the_least_privileged_user_is_no_administrator(ground: Ground) -> None:
    reader, uid = ground.reader(), ground.person("service").uid

    for group in ("base.group_system", "base.group_erp_manager", "stock.group_stock_manager"):
        assert not reader.holds(uid, group)
    for model in ("res.users", "res.company", "ir.config_parameter"):
        assert not reader.may(model, "write")
    assert receipts(reader, reader.now(), vendors=[]) == ()
