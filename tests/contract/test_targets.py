"""Which live Odoo is meant is told whole or not at all."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from domain.errors import Misuse
from tests.contract.conftest import stood
from tests.contract.ground import Ground
from tests.contract.targets import wanted

WHOLE = {
    "DESK_CONTRACT_URL": "https://erp.example.com",
    "DESK_CONTRACT_DB": "staging",
    "DESK_CONTRACT_USER": "admin",
    "DESK_CONTRACT_PASSWORD": "a-secret",
}


def test_nothing_named_is_no_live_odoo() -> None:
    assert wanted({}) is None
    assert wanted(dict.fromkeys(WHOLE, "")) is None


def test_a_live_odoo_is_named_by_four_words() -> None:
    found = wanted(WHOLE)

    assert found is not None
    assert (found.live, found.way, found.login) == (True, "auto", "admin")
    assert (found.address.place, found.address.database) == ("https://erp.example.com:443", "staging")
    assert "a-secret" not in repr(found)


@pytest.mark.parametrize("missing", WHOLE)
def test_what_is_missing_is_told_in_a_line(missing: str) -> None:
    with pytest.raises(Misuse, match=f"not set: {missing}$"):
        wanted({**WHOLE, missing: ""})


def test_a_way_is_chosen_by_name() -> None:
    chosen = wanted({**WHOLE, "DESK_CONTRACT_TRANSPORT": "json2"})

    assert chosen is not None
    assert chosen.way == "json2"
    with pytest.raises(Misuse, match="found 'soap'"):
        wanted({**WHOLE, "DESK_CONTRACT_TRANSPORT": "soap"})


def test_a_live_odoo_that_lets_nobody_in_is_told_before_anything_runs() -> None:
    closed = {**WHOLE, "DESK_CONTRACT_URL": "http://127.0.0.1:9"}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", __file__, "-k", "chosen_by_name"]

    ran = subprocess.run(command, env={**os.environ, **closed}, capture_output=True, text=True, check=False)

    assert ran.returncode == 4
    assert "no log-in to http://127.0.0.1:9 as admin" in ran.stdout + ran.stderr
    assert "collected" not in ran.stdout


def test_whoever_is_no_administrator_is_told_so_before_anything_is_made(ground: Ground) -> None:
    buyer = ground.person("buyer")
    plain = replace(ground.target, login=buyer.login, secret=ground.secret(buyer))

    with pytest.raises(pytest.exit.Exception, match="is no administrator there"):
        stood(plain)
