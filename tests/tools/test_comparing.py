"""A record is the same when Odoo means the same, and different when anything a plan relies on moved."""

import pytest

from domain.plans import RecordRef
from domain.values import Json
from tests.tools.bench import Bench
from tools.action import complaint
from tools.comparing import first_difference, same, seen


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([3, "Units"], [3, "Einheiten"]),
        ([3, "Units"], 3),
        (0.1 + 0.2, 0.3),
        (4.0, 4),
        ([1, 2], [1, 2]),
        (False, False),
        ("draft", "draft"),
    ],
)
def test_what_odoo_means_the_same_is_the_same(one: Json, other: Json) -> None:
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [(False, 0), (True, 1), (3, 4), (4.001, 4), ([1, 2], [2, 1]), ("draft", "sent"), (False, [3, "X"])],
)
def test_what_moved_is_different(one: Json, other: Json) -> None:
    assert not same(one, other)


def test_a_record_that_is_gone_is_a_difference(bench: Bench) -> None:
    reads = bench.gateway.reader(bench.world.company)
    gone = RecordRef(model="product.product", id=99999, seen={"active": True})

    assert first_difference(reads, [gone]) == "product.product 99999 is gone"
    assert seen(reads, "product.product", 99999, ["active"]) is None


def test_the_first_difference_is_told(bench: Bench) -> None:
    reads = bench.gateway.reader(bench.world.company)
    jug = bench.world.products["jug"]
    as_it_is = RecordRef(model="product.product", id=jug, seen={"active": True})

    assert first_difference(reads, [as_it_is]) is None
    assert first_difference(reads, [as_it_is, as_it_is.but(seen={"active": False})]) == (
        f"product.product {jug}: active was False, is True"
    )


def test_records_seen_alike_are_read_in_one_call(bench: Bench) -> None:
    reads = bench.gateway.reader(bench.world.company)
    refs = [RecordRef(model="product.product", id=i, seen={"active": True}) for i in bench.world.products.values()]

    assert first_difference(reads, refs) is None
    assert reads.calls == 1


def test_a_complaint_of_another_kind_keeps_its_words() -> None:
    assert complaint(ValueError("not a number")) == "not a number"
