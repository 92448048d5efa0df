"""Currencies: an amount in one currency is worth so much in another on a day, by each company's own rates."""

from datetime import date

from scenarios.sandbox.business.finding import find, one
from scenarios.sandbox.business.quantities import rounded
from scenarios.sandbox.env import Env, Raw
from scenarios.sandbox.registry import compute, on_create

CENT = 0.01


def convert(
    env: Env, amount: float, source: int, target: int, company: int, day: date, *, exact: bool = False
) -> float:
    """The amount in the target currency by the company's rates of that day, in whole cents unless exact."""
    if source == target or not source or not target or not amount:
        return amount
    rates = rates_on(env, [source, target], company, day)
    value = amount * rates[target] / rates[source]
    return value if exact else rounded(value, one(env, "res.currency", target)["rounding"] or CENT)


def rates_on(env: Env, currencies: list[int], company: int, day: date) -> dict[int, float]:
    """For each currency the newest rate up to the day, else the oldest there is, else one."""
    found = dict.fromkeys(currencies, 1.0)
    for currency in currencies:
        kept = _rates(env, currency, company)
        past = [rate for on, rate in kept if on <= day.isoformat()]
        if kept:
            found[currency] = past[-1] if past else kept[0][1]
    return found


def company_currency(env: Env, company: int) -> int:
    return int(one(env, "res.company", company)["currency_id"])


def _rates(env: Env, currency: int, company: int) -> list[tuple[str, float]]:
    domain = [("currency_id", "=", currency), ("company_id", "in", [company, False])]
    rows = find(env, "res.currency.rate", domain)
    return sorted((row["name"], row["rate"]) for row in rows)


@on_create("res.currency.rate")
def fill_rate(env: Env, values: dict[str, Raw]) -> dict[str, Raw]:
    return {"company_id": env.company, "name": env.today.isoformat(), "rate": 1.0, **values}


@compute("res.currency", "rate", "inverse_rate", "date")
def compute_rate(env: Env, ids: list[int]) -> dict[int, dict[str, Raw]]:
    """Units of this currency for one unit of the company's; the context key ``date`` asks for another day.

    Without any rate Odoo says one, and only the empty ``date`` of the newest rate tells.
    """
    asked = env.context.get("date")
    day = date.fromisoformat(str(asked)[:10]) if asked else env.today
    rates = rates_on(env, ids, env.company, day)
    return {
        currency: {"rate": rate, "inverse_rate": 1.0 / rate if rate else 0.0, "date": _newest(env, currency)}
        for currency, rate in rates.items()
    }


def _newest(env: Env, currency: int) -> Raw:
    kept = _rates(env, currency, env.company)
    return kept[-1][0] if kept else False
