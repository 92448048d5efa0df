"""Everything the desk can be told from outside, read once, from the environment and ``.env``."""

from pathlib import Path
from typing import Annotated, Self
from urllib.parse import urlsplit

from apscheduler.triggers.cron import CronTrigger
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from pydantic_settings.exceptions import SettingsError

from agents.terms_loading import NAME
from domain.errors import Misuse
from tools.dialects.versions import Way

EVERY_QUARTER_HOUR = "*/15 * * * *"


class Settings(BaseSettings):
    """Frozen; each field is ``DESK_`` and its name in capitals; a variable left empty is not set."""

    model_config = SettingsConfigDict(
        env_prefix="DESK_",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    home: Path = Path(".desk")
    """Where the database, the checkpoints, the seals and the keys live."""
    odoo_url: str | None = None
    """``https://odoo.example.com``; without one the desk works on the demo's sandbox Odoo in its home."""
    odoo_database: str | None = None
    odoo_user: str | None = None
    odoo_secret: SecretStr | None = None
    """Password or API key of the desk's own user in Odoo."""
    odoo_transport: Way = "auto"
    """``jsonrpc``, ``json2`` (Odoo 19 on, with an API key), or ``auto``: the newer one where Odoo has it."""
    odoo_timeout_s: Annotated[float, Field(gt=0, le=600)] = 30.0
    """How long one call may take."""
    odoo_in_flight_s: Annotated[float, Field(ge=0, le=3600)] = 150.0
    """How long a call may go on inside Odoo after its answer was lost (Odoo's ``limit_time_real``, and some more)."""
    user_key: SecretStr | None = None
    """Password or API key of the person named by ``--as``; asked for when missing."""
    policy: Path | None = None
    """Policy file; without one ``guardrails/policies/default.toml``."""
    terms: Path | None = None
    """Terms file (costs, penalties, tiers); without one ``terms_in_force``."""
    companies: Annotated[tuple[int, ...], NoDecode] = ()
    """Odoo companies to scan, comma-separated; without any, all that the desk's user is in."""
    scans: dict[str, str] = {"stockout": EVERY_QUARTER_HOUR}
    """Cron per kind, or per ``kind/company``, as JSON."""
    url: str | None = None
    """``https://desk.example.com``, where people find the desk: what they are told in Odoo links to it."""
    seal_keys: Path | None = None
    """Folder of the keys that sign and check the journal's seals; without one ``keys`` in the home."""

    @field_validator("companies", mode="before")
    @classmethod
    def _comma_separated(cls, given: object) -> object:
        return [part for part in given.split(",") if part.strip()] if isinstance(given, str) else given

    @field_validator("odoo_url", "url")
    @classmethod
    def _is_url(cls, given: str | None) -> str | None:
        if given is None:
            return None
        parts = urlsplit(given)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("must look like https://odoo.example.com or http://localhost:8069")
        return given

    @field_validator("scans")
    @classmethod
    def _are_crons(cls, given: dict[str, str]) -> dict[str, str]:
        for cron in given.values():
            CronTrigger.from_crontab(cron)
        return given

    @model_validator(mode="after")
    def _complete(self) -> Self:
        missing = [
            f"DESK_{name.upper()}"
            for name in ("odoo_database", "odoo_user", "odoo_secret")
            if self.odoo_url and not getattr(self, name)
        ]
        if missing:
            raise ValueError(f"with DESK_ODOO_URL these are needed too: {', '.join(missing)}")
        return self

    @property
    def terms_in_force(self) -> Path | None:
        """The terms named, else those in the home; None for those beside the policy, named or not."""
        own = self.home / NAME
        return self.terms or (own if own.is_file() else None)


def read_settings(**given: object) -> Settings:
    """The settings of this process; raises Misuse naming every variable that is wrong, never its value."""
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        wrong = [
            f"{'DESK_' + str(e['loc'][0]).upper() + ': ' if e['loc'] else ''}{e['msg'].removeprefix('Value error, ')}"
            for e in error.errors()
        ]
        raise Misuse("the settings are not usable: " + "; ".join(wrong)) from None
    except SettingsError:
        raise Misuse(
            'the settings are not usable: DESK_SCANS: expected JSON such as {"stockout": "0 * * * *"}'
        ) from None
