"""The doctor tells which local policies never have a say, because Odoo knows no such place."""

from desk.examining_places import places_checks
from domain.calls import Call
from domain.faults import AccessRefused
from domain.values import Json
from guardrails.local import LocalPolicy
from scenarios.stage import Stage


def local(company: int, warehouse: int | None = None) -> LocalPolicy:
    file = f"{company}/{warehouse or 'company'}.toml"
    return LocalPolicy(version=1, company=company, warehouse=warehouse, file=file)


def test_a_local_policy_of_a_place_that_odoo_shows_is_fine(scene: Stage) -> None:
    transport, place = scene.parts.transport, scene.world.warehouses["NTH"]

    (check,) = places_checks(transport, (local(place.company), local(place.company, place.id)))

    assert (check.outcome, check.found) == ("ok", f"{place.company}/company.toml, {place.company}/{place.id}.toml")


def test_a_local_policy_of_an_unknown_place_is_a_warning_that_names_it(scene: Stage) -> None:
    transport, place = scene.parts.transport, scene.world.warehouses["NTH"]

    (check,) = places_checks(transport, (local(77), local(place.company, 9999), local(place.company, place.id)))

    assert check.outcome == "warn"
    assert check.found == (
        "77/company.toml never has a say: the desk's user is not in company 77; "
        f"{place.company}/9999.toml never has a say: company {place.company} has no warehouse 9999"
    )


def test_without_local_policies_odoo_is_not_asked() -> None:
    assert list(places_checks(Refusing(), ())) == []


def test_an_odoo_that_does_not_show_its_warehouses_is_a_warning() -> None:
    (check,) = places_checks(Refusing(), (local(1),))

    assert (check.outcome, check.found) == ("warn", "read is not for you")


class Refusing:
    """An Odoo that shows nothing."""

    uid = 9

    def execute(self, call: Call) -> Json:
        raise AccessRefused(f"{call.method} is not for you")
