"""How many transfers of an operation type are late, as its tile on the overview counts them."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from scenarios.sandbox.business.finding import find
from scenarios.sandbox.env import DATETIME, Env, Raw
from scenarios.sandbox.registry import compute

WAITING = ["assigned", "waiting", "confirmed"]


@compute("stock.picking.type", "count_picking_late")
def late(env: Env, ids: list[int]) -> dict[int, dict[str, Raw]]:
    """Those planned for a day before today, and those that miss their deadline."""
    midnight = datetime.combine(env.today, time(), _zone(env)).astimezone(UTC).strftime(DATETIME)
    return {each: {"count_picking_late": _count(env, each, midnight)} for each in ids}


def _zone(env: Env) -> ZoneInfo:
    """Where today begins; the day itself is the one in UTC."""
    if not env.engine.release.days_begin_where_people_are:
        return ZoneInfo("UTC")
    return ZoneInfo(env.context.get("tz") or env.sudo().row("res.users", env.uid)["tz"] or "UTC")


def _count(env: Env, operation: int, midnight: str) -> int:
    waiting = find(env, "stock.picking", [("picking_type_id", "=", operation), ("state", "in", WAITING)])
    return sum(bool(row["has_deadline_issue"]) or row["scheduled_date"] < midnight for row in waiting)
