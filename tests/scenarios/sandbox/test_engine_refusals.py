"""What Odoo 18 and Odoo 19 refuse in different words, as each was heard to say it."""

from datetime import UTC, datetime

import pytest

from domain.clock import SetClock
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.faults import AccessError, MissingError, NoSuchMethod, SandboxFault, ValidationError

ADMIN = 2


@pytest.fixture(scope="module")
def engines() -> dict[int, Engine]:
    clock = SetClock(datetime(2026, 11, 20, 12, tzinfo=UTC))
    return {version: Engine(clock, version=version) for version in (18, 19)}


def refusal(engine: Engine, model: str, method: str, *args: object) -> SandboxFault:
    with pytest.raises(SandboxFault) as refused:
        engine.execute_kw(ADMIN, None, model, method, args)
    return refused.value


def test_a_missing_value_is_told_by_labels_in_19(engines: dict[int, Engine]) -> None:
    old = refusal(engines[18], "purchase.order", "create", {})
    new = refusal(engines[19], "purchase.order", "create", {})

    assert isinstance(old, ValidationError)
    assert "a mandatory field is not set" in old.message
    assert "Missing required value for the field 'Vendor' (partner_id).\nModel: 'Purchase Order'" in new.message


def test_a_link_to_nothing_is_told_by_labels_in_19(engines: dict[int, Engine]) -> None:
    values = {"name": "x", "country_id": 99_999}

    assert "res_partner_country_id_fkey" in refusal(engines[18], "res.partner", "create", values).message
    assert "constraint: 'Country' (country_id)" in refusal(engines[19], "res.partner", "create", values).message


@pytest.mark.parametrize(
    ("version", "model", "field", "fault"),
    [
        (18, "sale.order", "partner_id", MissingError),
        (18, "purchase.order", "partner_id", ValidationError),
        (19, "purchase.order", "partner_id", MissingError),
        (19, "stock.picking", "picking_type_id", MissingError),
    ],
)
def test_a_link_that_odoo_looks_into_is_missed(
    engines: dict[int, Engine], version: int, model: str, field: str, fault: type[Exception]
) -> None:
    assert isinstance(refusal(engines[version], model, "create", {field: 99_999}), fault)


def test_an_activity_about_nothing_is_refused_by_each_in_its_way(engines: dict[int, Engine]) -> None:
    for_nobody = refusal(engines[19], "mail.activity", "create", {"summary": "x"})
    of_no_record = refusal(engines[19], "mail.activity", "create", {"res_model": "res.partner", "res_id": 1})

    assert "Document Model (res_model_id)" in refusal(engines[18], "mail.activity", "create", {"summary": "x"}).message
    assert "Activities must be assigned" in for_nobody.message
    assert "not null res_id" in of_no_record.message


def test_an_activity_on_a_record_that_is_not_there_is_a_matter_of_security_in_19(engines: dict[int, Engine]) -> None:
    for version, fault in ((18, MissingError), (19, AccessError)):
        engine = engines[version]
        kind = engine.execute_kw(ADMIN, None, "ir.model", "search", [[["model", "=", "res.partner"]]])[0]

        refused = refusal(engine, "mail.activity", "create", {"res_model_id": kind, "res_id": 99_999})

        assert isinstance(refused, fault)


def test_what_only_odoo_calls_is_private_in_both(engines: dict[int, Engine]) -> None:
    assert all(isinstance(refusal(engine, "sale.order", "sudo", [1]), AccessError) for engine in engines.values())


def test_a_vendor_acknowledges_in_19_only(engines: dict[int, Engine]) -> None:
    assert isinstance(refusal(engines[18], "purchase.order", "action_acknowledge", [1]), NoSuchMethod)
    assert engines[19].execute_kw(ADMIN, None, "purchase.order", "action_acknowledge", [[]]) is None


def test_a_field_that_is_not_stored_is_searched_where_odoo_can(engines: dict[int, Engine]) -> None:
    """A related field is; a forecast is passed over by 18 and refused by 19."""
    forecast = [["qty_forecast", "<", 0]]

    for engine in engines.values():
        assert engine.execute_kw(ADMIN, None, "stock.picking", "search", [[["purchase_id", "=", 1]]]) == []
    assert engines[18].execute_kw(ADMIN, None, "stock.warehouse.orderpoint", "search", [forecast]) == []
    assert "not stored" in refusal(engines[19], "stock.warehouse.orderpoint", "search", forecast).message
