"""The doctor tells which company's books are in a currency that the policy has no amount in."""

from desk.desk import read_policy
from desk.examining_currencies import capped, currencies_checks
from domain.calls import Call
from domain.faults import AccessRefused
from domain.values import Json
from scenarios.stage import Stage


def test_the_usual_policy_caps_a_step_in_the_currencies_of_the_demo(scene: Stage) -> None:
    (check,) = currencies_checks(scene.parts.transport, capped(read_policy()), ())

    assert check.outcome == "ok"
    assert "GBP" in check.found


def test_books_in_a_currency_without_a_cap_are_a_warning_that_names_the_company(scene: Stage) -> None:
    place = scene.world.warehouses["NTH"]

    (check,) = currencies_checks(scene.parts.transport, ("USD", "EUR"), (place.company,))

    assert check.outcome == "warn"
    assert check.found == (
        f"company {place.company} keeps its books in GBP, and the policy caps steps in USD and EUR alone: "
        "it refuses whatever costs there"
    )


def test_only_the_companies_that_are_scanned_are_looked_at(scene: Stage) -> None:
    place = scene.world.warehouses["NTH"]

    (check,) = currencies_checks(scene.parts.transport, ("GBP",), (place.company,))

    assert (check.outcome, check.found) == ("ok", "GBP")


def test_without_a_policy_odoo_is_not_asked_about_currencies() -> None:
    assert list(currencies_checks(Refusing(), capped(None), ())) == []


def test_an_odoo_that_does_not_show_its_companies_is_a_warning() -> None:
    (check,) = currencies_checks(Refusing(), ("GBP",), (1,))

    assert (check.outcome, check.found) == ("warn", "read is not for you")


class Refusing:
    """An Odoo that shows nothing."""

    uid = 9

    def execute(self, call: Call) -> Json:
        raise AccessRefused(f"{call.method} is not for you")
