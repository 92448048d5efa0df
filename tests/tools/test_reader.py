"""Reads are paged, ordered, kept to one company, and refused for whatever the allowlist does not name."""

import re
from collections.abc import Sequence

import pytest

from domain.calls import Call
from domain.faults import ServerBug
from domain.values import Json
from tests.tools.bench import Bench
from tools.allowlist import FIELDS
from tools.errors import NotAllowed
from tools.reader import Reader

SECRETS = {
    "password",
    "key",
    "apikey",
    "secret",
    "token",
    "signature",
    "bank",
    "vat",
    "email",
    "phone",
    "mobile",
    "street",
}


class Canned:
    """Answers one thing to everything."""

    uid = 2

    def __init__(self, answer: Json) -> None:
        self.answer = answer

    def execute(self, call: Call) -> Json:
        return self.answer if call.reads_only else None


def reader(bench: Bench, *, page: int = 1000) -> Reader:
    return Reader(bench.line, bench.world.company, page=page)


def test_every_page_is_one_call_and_no_row_is_missed(bench: Bench) -> None:
    reads = reader(bench, page=2)

    rows = reads.rows("stock.warehouse", ["name"])

    assert [row["name"] for row in rows] == [
        row["name"] for row in bench.gateway.reader(bench.world.company).rows("stock.warehouse", ["name"])
    ]
    assert reads.calls == len(rows) // 2 + 1


def test_a_reader_knows_its_user_and_the_desk_s_time(bench: Bench) -> None:
    reads = bench.gateway.reader(bench.world.company)

    assert (reads.uid, reads.now()) == (bench.world.users["desk"].uid, bench.clock.now())


def test_pages_by_id_go_on_behind_the_last_one(bench: Bench) -> None:
    reader(bench, page=2).rows("stock.warehouse", ["name"])

    asked = [call.kwargs["domain"] for call in bench.line.calls]
    assert asked[0] == []
    assert asked[1] == [["id", ">", 2]]


def test_another_order_is_settled_by_id_and_paged_by_count(bench: Bench) -> None:
    reads = reader(bench, page=1)

    rows = reads.rows("product.product", ["default_code"], [["sale_ok", "=", True]], order="default_code desc")

    codes = [row["default_code"] for row in rows]
    assert codes == sorted(codes, key=str, reverse=True)
    assert bench.line.calls[0].kwargs["order"] == "default_code desc, id"
    assert [call.kwargs["offset"] for call in bench.line.calls] == list(range(len(rows) + 1))


def test_a_limit_is_never_passed(bench: Bench) -> None:
    reads = reader(bench, page=2)

    assert len(reads.rows("product.product", ["name"], limit=3)) == 3
    assert reads.rows("product.product", ["name"], limit=0) == []


def test_reading_ids_is_paged_and_missing_ones_are_left_out(bench: Bench) -> None:
    reads = reader(bench, page=1)
    jug = bench.world.products["jug"]

    rows = reads.read("product.product", [jug, 99999], ["name"])

    assert [row["id"] for row in rows] == [jug]
    assert reads.calls == 2
    assert reads.read("product.product", [], ["name"]) == []


def test_availability_is_told_for_one_warehouse(bench: Bench) -> None:
    jug, leeds = bench.world.products["jug"], bench.world.warehouses["NTH"].id

    rows = reader(bench).read("product.product", [jug], ["free_qty"], context={"warehouse_id": leeds})

    assert rows[0]["free_qty"] == 100


def test_counts_and_sums(bench: Bench) -> None:
    reads = reader(bench)
    place: list[Json] = [["location_id", "=", bench.world.warehouses["NTH"].stock]]

    assert reads.count("stock.quant", place) == 1
    assert reads.groups("stock.quant", place, ["quantity"], ["product_id"])[0]["quantity"] == 100


def test_the_company_is_always_in_the_context(bench: Bench) -> None:
    reader(bench).rows("stock.warehouse", ["name"], context={"active_test": False})

    assert bench.line.calls[0].kwargs["context"] == {
        "active_test": False,
        "allowed_company_ids": [bench.world.company],
        "lang": "en_US",
        "tz": "UTC",
    }


@pytest.mark.parametrize("key", ["allowed_company_ids", "lang", "tz", "uid", "warehouse", "force_company"])
def test_a_caller_cannot_set_other_context(bench: Bench, key: str) -> None:
    with pytest.raises(NotAllowed):
        reader(bench).rows("stock.warehouse", ["name"], context={key: 1})

    assert bench.line.calls == []


def test_models_and_fields_that_are_not_named_are_refused(bench: Bench) -> None:
    reads = reader(bench)

    for model, field in (("ir.config_parameter", "value"), ("res.users", "password"), ("res.partner", "email")):
        with pytest.raises(NotAllowed):
            reads.rows(model, [field])
        with pytest.raises(NotAllowed):
            reads.read(model, [1], [field])
        with pytest.raises(NotAllowed):
            reads.groups(model, [], [field], [])
    assert bench.line.calls == []


@pytest.mark.parametrize(
    "domain",
    [
        [["password", "like", "a"]],
        ["|", ["name", "=", "x"], ["password", "!=", False]],
        [["company_id.partner_id.email", "like", "a"]],
        [["login", "any", [["password", "like", "a"]]]],
        [["name"]],
        [7],
        ["name"],
    ],
    ids=str,
)
def test_a_domain_cannot_ask_what_may_not_be_read(bench: Bench, domain: Sequence[Json]) -> None:
    with pytest.raises(NotAllowed):
        reader(bench).count("res.users", domain)

    assert bench.line.calls == []


def test_an_order_cannot_tell_what_may_not_be_read(bench: Bench) -> None:
    with pytest.raises(NotAllowed):
        reader(bench).rows("res.users", ["name"], order="password")


@pytest.mark.parametrize("model", FIELDS)
def test_nothing_on_the_allowlist_smells_of_a_secret(model: str) -> None:
    smells = [field for field in FIELDS[model] if SECRETS & set(re.split(r"[._]", field))]

    assert smells == [], f"{model} would tell {smells}"


def test_answers_of_another_shape_are_faults() -> None:
    reads = Reader(Canned("text"), 1)

    with pytest.raises(ServerBug):
        reads.rows("res.users", ["name"])
    with pytest.raises(ServerBug):
        reads.count("res.users", [])
