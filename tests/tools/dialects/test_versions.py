"""Every name that the desk uses is one that each version has, or has a row that says what takes its place."""

import gzip
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from domain.faults import UnspokenVersion
from domain.scopes import Permit
from tools.allowlist import FIELDS
from tools.catalogue import CATALOGUE
from tools.dialects.leads import LEADS
from tools.dialects.versions import DIFFERENCES, NATIVE, SPOKEN, VERIFIED, major

RECORDED = Path(__file__).parents[3] / "scenarios" / "sandbox" / "contract"
STAMPS = {"id", "display_name", "create_date", "create_uid", "write_date", "write_uid"}


def recorded(version: int) -> Mapping[str, Mapping[str, Any]]:
    """Fields by model as a running Odoo described them: ``[type, flags, relation, selection]``."""
    with gzip.open(RECORDED / f"fields{version}.json.gz") as stored:
        found: dict[str, dict[str, Any]] = json.load(stored)
    return found


ODOO_18, ODOO_19 = recorded(18), recorded(19)
ROWS_19 = {(row.model, row.ours): row for row in DIFFERENCES[19].fields}


@pytest.mark.parametrize(
    ("told", "number"), [("18.0", 18), ("18.0-20250421", 18), ("saas~18.3", 18), ("19.0", 19), ("17.0+e", 17)]
)
def test_a_version_is_told_by_its_number(told: str, number: int) -> None:
    assert major(told) == number


@pytest.mark.parametrize("told", ["16.0", "20.0", "saas~16.4", "", "unknown"])
def test_a_version_that_is_not_spoken_is_refused_by_name(told: str) -> None:
    with pytest.raises(UnspokenVersion, match=rf"version 17, 18, 19, found '{told}'; nothing was asked of it"):
        major(told)


def test_each_spoken_version_has_its_differences_and_the_native_one_none() -> None:
    assert set(DIFFERENCES) == set(SPOKEN) >= set(VERIFIED)
    assert DIFFERENCES[NATIVE] == type(DIFFERENCES[NATIVE])()


@pytest.mark.parametrize("model", sorted(FIELDS))
def test_what_the_desk_reads_is_in_odoo_19_or_has_a_row(model: str) -> None:
    plain = {field for field in FIELDS[model] if "." not in field} - STAMPS

    assert not {field for field in plain - set(ODOO_19[model]) if (model, field) not in ROWS_19}


def written() -> Iterator[tuple[str, str]]:
    """Model and field of all that an action writes, lines inside a document too."""
    for action in CATALOGUE.values():
        for permit in (*action.scope.permits, *action.undo_scope.permits):
            yield from ((permit.model, field) for field in (*permit.fields, *permit.children))
            yield from lines(permit)


def lines(permit: Permit) -> Iterator[tuple[str, str]]:
    for field, names in permit.children.items():
        yield from ((LEADS[permit.model, field], name) for name in names)


@pytest.mark.parametrize(("model", "field"), sorted(set(written())))
def test_what_an_action_writes_can_be_written_in_odoo_19(model: str, field: str) -> None:
    row = ROWS_19.get((model, field))

    assert field in ODOO_18[model]
    assert (row.written is not None) if row else (field in ODOO_19[model])


@pytest.mark.parametrize("row", DIFFERENCES[19].fields, ids=lambda row: f"{row.model}.{row.ours}")
def test_a_row_names_a_field_of_odoo_18_and_what_odoo_19_has_in_its_place(row: Any) -> None:
    assert row.ours in ODOO_18[row.model]
    assert set(row.theirs) <= set(ODOO_19[row.model])
    assert row.because or row.written


@pytest.mark.parametrize("version", [17, 19])
def test_no_difference_is_told_twice(version: int) -> None:
    told = DIFFERENCES[version]
    rows = [(row.model, row.ours) for row in told.fields] + [(row.model, row.ours) for row in told.methods]

    assert len(rows) == len(set(rows))


@pytest.mark.parametrize(("model", "path"), sorted((m, f) for m, names in FIELDS.items() for f in names if "." in f))
def test_each_hop_of_a_search_is_known_to_lead_somewhere(model: str, path: str) -> None:
    for hop in path.split(".")[:-1]:
        assert (model, hop) in LEADS, f"{model}.{hop}"
        model = LEADS[model, hop]


@pytest.mark.parametrize(("model", "field"), sorted(LEADS))
def test_a_field_leads_where_odoo_says_it_does(model: str, field: str) -> None:
    assert ODOO_18[model][field][2] == LEADS[model, field]
