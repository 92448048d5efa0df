"""Who decides must hold the role, reach the amount, see the company, and not have asked for it."""

import pytest

from domain.money import Money
from domain.people import Person
from domain.refusals import Refusal
from guardrails.deciding import may_decide
from tests.guardrails.builders import default, gbp, person

USUAL = gbp(2000)


def decides(
    who: Person,
    *,
    role: str = "buyer",
    amount: Money = USUAL,
    requested_by: str = "desk",
    edited_by: str | None = None,
    four_eyes: bool = False,
) -> Refusal | None:
    return may_decide(
        who,
        role=role,
        amount=amount,
        company=1,
        requested_by=requested_by,
        edited_by=edited_by,
        four_eyes=four_eyes,
        policy=default(),
    )


def test_whoever_holds_the_role_may_decide() -> None:
    assert decides(person(roles=["buyer"])) is None


@pytest.mark.parametrize("role", ["purchasing-manager", "finance"])
def test_a_role_that_covers_the_one_asked_may_decide(role: str) -> None:
    assert decides(person(roles=[role])) is None


@pytest.mark.parametrize("role", ["warehouse-lead", "sales"])
def test_another_trade_may_not_and_is_told_who_could(role: str) -> None:
    refusal = decides(person(roles=[role]))

    assert refusal is not None
    assert refusal.guard == "role"
    assert refusal.reason == f"this needs buyer or purchasing-manager or finance; User 7 has {role}"


def test_somebody_without_a_role_may_not() -> None:
    refusal = decides(person())

    assert refusal is not None
    assert refusal.reason.endswith("User 7 has no role")


def test_a_lower_role_never_covers_a_higher_one() -> None:
    refusal = decides(person(roles=["buyer"]), role="purchasing-manager")

    assert refusal is not None
    assert refusal.guard == "role"


def test_the_limit_of_the_role_must_reach_the_amount() -> None:
    refusal = decides(person(roles=["buyer"]), amount=gbp("5000.01"))

    assert decides(person(roles=["buyer"]), amount=gbp(5000)) is None
    assert refusal is not None
    assert refusal.guard == "amount"
    assert refusal.reason == ("5,000.01 GBP is over the limit of buyer; purchasing-manager or finance could approve it")


def test_a_second_role_with_a_higher_limit_is_enough() -> None:
    assert decides(person(roles=["buyer", "finance"]), amount=gbp(90_000)) is None


def test_an_amount_beyond_every_role_says_so() -> None:
    refusal = decides(person(roles=["finance"]), amount=gbp(100_001))

    assert refusal is not None
    assert refusal.reason.endswith("no role could approve it")


def test_the_company_must_be_among_those_of_the_person() -> None:
    refusal = decides(person(roles=["buyer"], companies=(2,)))

    assert refusal is not None
    assert refusal.guard == "company"


def test_the_requester_never_decides_whatever_the_amount() -> None:
    refusal = decides(person(7, roles=["finance"]), requested_by="user:7", amount=gbp(1))

    assert refusal is not None
    assert refusal.guard == "requester"
    must = "somebody else who is buyer or purchasing-manager or finance must decide"
    assert refusal.reason.endswith(f"asked for this; {must}")
    assert decides(person(8, roles=["finance"]), requested_by="user:7") is None


def test_an_editor_decides_only_below_the_four_eyes_limit() -> None:
    refusal = decides(person(7, roles=["buyer"]), edited_by="user:7", four_eyes=True)

    assert refusal is not None
    assert refusal.guard == "four-eyes"
    assert decides(person(7, roles=["buyer"]), edited_by="user:7") is None
    assert decides(person(8, roles=["buyer"]), edited_by="user:7", four_eyes=True) is None


def test_a_role_the_policy_no_longer_defines_decides_nothing() -> None:
    refusal = decides(person(roles=["boss"]), role="boss")

    assert refusal is not None
    assert "no longer defines the role boss" in refusal.reason
