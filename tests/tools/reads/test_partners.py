"""What a customer's record says of its tier, in one call, whichever field says it."""

import pytest

from scenarios.worlds.small import Small
from tools.reader import Reader
from tools.reads.partners import TierField, customers


def test_tags_that_mean_a_tier_are_told_by_name(world: Small, reader: Reader) -> None:
    corner = world.customer_of_tier("Corner Shop", "C")

    found = customers(reader, [world.customer, corner], "category_id", ["Tier A", "Tier C"])

    assert {each.id: each.words for each in found} == {world.customer: ("Tier A",), corner: ("Tier C",)}


def test_customers_whose_tags_mean_nothing_are_left_out(world: Small, reader: Reader) -> None:
    assert customers(reader, [world.customer], "category_id", ["VIP"]) == ()


def test_only_the_customers_that_are_asked_about_are_told(world: Small, reader: Reader) -> None:
    world.customer_of_tier("Corner Shop", "A")

    found = customers(reader, [world.customer], "category_id", ["Tier A"])

    assert [each.id for each in found] == [world.customer]


def test_a_reference_may_say_it(world: Small, reader: Reader) -> None:
    with world.engine.transaction() as env:
        env.write("res.partner", world.customer, {"ref": "KEY"})

    (found,) = customers(reader, [world.customer], "ref", ["KEY", "SMALL"])

    assert found.words == ("KEY",)


@pytest.mark.parametrize("told", ["category_id", "ref"])
def test_one_call_tells_of_them_all_and_none_of_nobody(world: Small, reader: Reader, told: TierField) -> None:
    others = [world.customer_of_tier(f"Shop {number}", "B") for number in range(20)]
    before = reader.calls

    customers(reader, [], told, ["Tier B"])
    customers(reader, others, told, ["Tier B"])

    assert reader.calls == before + 1
