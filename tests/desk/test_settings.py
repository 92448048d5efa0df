"""Settings are read once and every mistake is named, never its value."""

from pathlib import Path

import pytest

from desk.settings import EVERY_QUARTER_HOUR, read_settings
from domain.errors import Misuse


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No ``.env`` and no variable of the machine plays a part."""
    monkeypatch.chdir(tmp_path)
    for name in ("URL", "DATABASE", "USER", "SECRET", "TRANSPORT"):
        monkeypatch.delenv(f"DESK_ODOO_{name}", raising=False)
    for name in ("HOME", "USER_KEY", "COMPANIES", "SCANS", "POLICY", "TERMS"):
        monkeypatch.delenv(f"DESK_{name}", raising=False)


def test_without_any_the_desk_lives_beside_and_scans_each_quarter_hour() -> None:
    settings = read_settings()

    assert settings.home == Path(".desk")
    assert settings.odoo_url is None
    assert settings.scans == {"stockout": EVERY_QUARTER_HOUR}


def test_companies_are_written_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_COMPANIES", "1, 3")

    assert read_settings().companies == (1, 3)


def test_a_dotenv_file_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DESK_HOME=/srv/desk\n")

    assert read_settings().home == Path("/srv/desk")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DESK_ODOO_URL", "odoo.example.com", "must look like https://"),
        ("DESK_ODOO_TIMEOUT_S", "0", "greater than 0"),
        ("DESK_ODOO_TRANSPORT", "xmlrpc", "'auto', 'jsonrpc' or 'json2'"),
        ("DESK_COMPANIES", "one", "valid integer"),
        ("DESK_SCANS", '{"stockout": "every day"}', "DESK_SCANS"),
        ("DESK_SCANS", "not json", "DESK_SCANS"),
    ],
)
def test_a_wrong_value_is_named_with_its_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(Misuse, match="the settings are not usable") as error:
        read_settings()
    assert said in str(error.value)
    assert name in str(error.value)


def test_an_odoo_without_login_is_incomplete_and_the_secret_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_ODOO_URL", "https://odoo.example.com")
    monkeypatch.setenv("DESK_ODOO_SECRET", "hunter2")

    with pytest.raises(Misuse, match="DESK_ODOO_DATABASE, DESK_ODOO_USER") as error:
        read_settings()
    assert "hunter2" not in str(error.value)


def test_terms_in_the_home_are_in_force_whatever_policy_is_named(tmp_path: Path) -> None:
    own, named = tmp_path / "terms.toml", tmp_path / "named.toml"
    policy = tmp_path / "elsewhere" / "policy.toml"

    beside = read_settings(home=tmp_path, policy=policy).terms_in_force
    own.write_text("version = 1\n")

    assert beside is None
    assert read_settings(home=tmp_path).terms_in_force == own
    assert read_settings(home=tmp_path, policy=policy).terms_in_force == own
    assert read_settings(home=tmp_path, policy=policy, terms=named).terms_in_force == named


@pytest.mark.parametrize("name", ["DESK_HOME", "DESK_POLICY", "DESK_ODOO_URL", "DESK_ODOO_TRANSPORT", "DESK_COMPANIES"])
def test_a_variable_left_empty_is_not_set(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = read_settings()
    monkeypatch.setenv(name, "")

    assert read_settings() == usual
