"""Dates by day, week, month, quarter and year: where each begins and ends, and what it is called."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from scenarios.sandbox.env import Env
from scenarios.sandbox.fields import Field

DATETIME = "%Y-%m-%d %H:%M:%S"
GRAINS = frozenset({"hour", "day", "week", "month", "quarter", "year"})
"""How much of a date may be asked for; hours are told as days here."""


def start(env: Env, field: Field, grain: str, value: str) -> date:
    """The first day of what the value falls into, where the user is."""
    day = _local(env, value).date() if field.type == "datetime" else date.fromisoformat(value)
    if grain == "week":
        return day - timedelta(days=day.weekday())
    if grain == "month":
        return day.replace(day=1)
    if grain == "quarter":
        return day.replace(month=day.month - (day.month - 1) % 3, day=1)
    return day.replace(month=1, day=1) if grain == "year" else day


def _zone(env: Env) -> ZoneInfo:
    return ZoneInfo(env.context.get("tz") or "UTC")


def _local(env: Env, value: str) -> datetime:
    return datetime.fromisoformat(value).replace(tzinfo=UTC).astimezone(_zone(env))


def end(grain: str, begins: date) -> date:
    """The first day after it."""
    if grain == "week":
        return begins + timedelta(days=7)
    months = {"month": 1, "quarter": 3, "year": 12}.get(grain)
    if months is None:
        return begins + timedelta(days=1)
    place = begins.month - 1 + months
    return begins.replace(year=begins.year + place // 12, month=place % 12 + 1)


def boundary(env: Env, field: Field, day: date) -> str:
    """A boundary as it stands in a domain: midnight there, in UTC."""
    if field.type == "date":
        return day.isoformat()
    return datetime(day.year, day.month, day.day, tzinfo=_zone(env)).astimezone(UTC).strftime(DATETIME)


def label(grain: str, begins: date) -> str:
    """As Odoo writes it: ``21 Nov 2026``, ``W47 2026``, ``November 2026``."""
    if grain == "week":
        year, week, _ = begins.isocalendar()
        return f"W{week} {year}"
    if grain == "quarter":
        return f"Q{(begins.month - 1) // 3 + 1} {begins.year}"
    return begins.strftime({"month": "%B %Y", "year": "%Y"}.get(grain, "%d %b %Y"))
