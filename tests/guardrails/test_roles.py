"""A role reaches as far as its amounts and actions, and stands in only for roles it covers whole."""

from decimal import Decimal

from domain.money import Money
from guardrails.roles import Role, approver, stand_ins
from tests.guardrails.builders import gbp

LEAD = Role(groups=("stock.lead",), limits=(gbp(5000),), actions=("stock.*",))
BUYER = Role(groups=("purchase.user",), limits=(gbp(5000),), actions=("purchase.*",))
MANAGER = Role(groups=("purchase.manager",), limits=(gbp(9000),), actions=("*",))
JUNIOR = Role(groups=("purchase.junior",), limits=(gbp(100),), actions=("*",))
ROLES = {"manager": MANAGER, "lead": LEAD, "buyer": BUYER, "junior": JUNIOR}


def test_every_action_must_be_within_reach() -> None:
    assert LEAD.may_approve(gbp(5000), ["stock.transfer"])
    assert not LEAD.may_approve(gbp(5000), ["stock.transfer", "purchase.create_rfq"])
    assert not LEAD.may_approve(gbp("5000.01"), ["stock.transfer"])


def test_a_role_covers_another_only_in_actions_and_amounts() -> None:
    assert MANAGER.covers(LEAD)
    assert not LEAD.covers(MANAGER)
    assert not LEAD.covers(BUYER)
    assert not JUNIOR.covers(LEAD)


def test_a_role_covers_another_only_in_every_currency() -> None:
    both = BUYER.but(limits=(gbp(5000), Money(amount=Decimal(1), currency="EUR")))

    assert not MANAGER.covers(both)


def test_the_lowest_role_that_covers_all_asked_is_chosen() -> None:
    actions = ["stock.transfer", "purchase.create_rfq"]

    assert approver(ROLES, ["lead"], gbp(10), ["stock.transfer"]) == "lead"
    assert approver(ROLES, ["lead", "buyer"], gbp(10), actions) == "manager"
    assert approver(ROLES, [], gbp(10), actions) == "junior"
    assert approver(ROLES, [], gbp(9001), actions) is None


def test_the_role_itself_is_named_before_those_that_stand_in() -> None:
    assert stand_ins(ROLES, "buyer") == ("buyer", "manager")
