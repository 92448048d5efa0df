"""What a scenario writes down of policy and terms is what its desk goes by."""

from datetime import UTC, datetime

import pytest

from domain.errors import Misuse
from guardrails.errors import PolicyError
from scenarios.house import House
from scenarios.stage import stage

AT = datetime(2026, 3, 2, 6, tzinfo=UTC)
STRICT = """
version = 1
[[rule]]
name = "ask-here"
actions = ["stock.transfer"]
then = "ask"
role = "warehouse-lead"
"""


def test_terms_are_read_with_ids_for_names() -> None:
    text = 'version = 1\n[company.$company.warehouse.$NTH]\ntransfer_cost = "7 GBP"\n'

    with stage(AT, house=House(terms=text)) as scene:
        here = scene.desk.terms.of(scene.world.company, scene.world.warehouses["NTH"].id)
        there = scene.desk.terms.of(scene.world.company, scene.world.warehouses["WH"].id)

    assert (str(here.transfer_cost), there.transfer_cost) == ("7.00 GBP", None)


def test_what_is_wrong_in_them_is_told_as_of_any_file() -> None:
    with (
        pytest.raises(PolicyError, match=r"terms\.toml"),
        stage(AT, house=House(terms='version = 1\n[usual]\ntransfer_cost = "much"')),
    ):
        pass


def test_a_name_that_nothing_has_is_bad_usage() -> None:
    with (
        pytest.raises(Misuse, match="names nothing"),
        stage(AT, house=House(terms="version = 1\n[company.$MOON]")),
    ):
        pass


def test_a_warehouse_may_hold_tighter_what_the_company_allows() -> None:
    with stage(AT, house=House(local={"NTH": STRICT})) as scene:
        (local,) = scene.desk.policy.locals

    assert local.file == f"{scene.world.company}/{scene.world.warehouses['NTH'].id}.toml"
