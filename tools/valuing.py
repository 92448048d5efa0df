"""What goods are worth and what foreign money comes to, in the company's own currency."""

from decimal import ROUND_UP, Decimal

from domain.money import CENT, Money
from domain.ports import Reads
from domain.refusals import Refusal
from domain.values import Row
from tools.reads.names import quoted
from tools.reads.parsing import label, number, ratio, text

MOST = Decimal(10) ** 12
"""A trillion: nothing a distributor buys or sells comes to more; what Odoo says beyond it is a slip of the keyboard."""


def company_currency(reads: Reads) -> str:
    """The currency the reader's company keeps its books in."""
    return label(reads.read("res.company", [reads.company], ["currency_id"])[0], "currency_id")


def worth(reads: Reads, product: Row) -> Money | Refusal:
    """One stock unit at the company's cost, at list price where no cost is known: unknown is never zero."""
    known = number(product["standard_price"]) or number(product["list_price"])
    if known <= 0:
        reason = f"{product['display_name']} has neither cost nor price: what it exposes cannot be judged"
        return Refusal(guard="facts", reason=reason)
    if known > MOST:
        return beyond(f"the cost of {quoted(text(product, 'display_name'))}", known)
    return Money(amount=known, currency=company_currency(reads))


def converted(reads: Reads, money: Money, *, of: str) -> Money | Refusal:
    """The money of some document in the company's currency at Odoo's rate of today, rounded up.

    Odoo calls a currency without any rate one to one, and tells only by the empty date of its newest rate.
    """
    own = company_currency(reads)
    if money.amount > MOST:
        return beyond(f"the money of {of}", money.amount)
    if money.currency == own:
        return rounded_up(money)
    rows = reads.rows("res.currency", ["date", "name", "rate"], [["name", "in", [own, money.currency]]])
    rates = {text(row, "name"): ratio(row["rate"]) for row in rows if row["date"] or text(row, "name") == own}
    if rates.get(own, 0) <= 0 or rates.get(money.currency, 0) <= 0:
        return Refusal(guard="facts", reason=_no_rate(money.currency, own))
    comes_to = money.amount * rates[own] / rates[money.currency]
    if comes_to > MOST:
        return beyond(f"the rate from {money.currency} to {own}, by which {of} comes to that,", comes_to)
    return rounded_up(Money(amount=comes_to, currency=own))


def rounded_up(money: Money) -> Money:
    """To the cent, never below: a limit is not passed by rounding."""
    return money.but(amount=money.amount.quantize(CENT, rounding=ROUND_UP))


def beyond(what: str, found: Decimal) -> Refusal:
    """No to a number that nobody means, with what to correct."""
    return Refusal(guard="facts", reason=f"{what} is {found:.2E} in Odoo, which nobody means; correct it there")


def _no_rate(currency: str, own: str) -> str:
    return f"Odoo has no rate from {currency} to {own}; activate the currency and enter a rate in Odoo"
