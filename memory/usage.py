"""What steps commit is counted: reserved while a person thinks, spent when carried out, released when given up."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Literal

from sqlalchemy import ColumnElement, Connection, bindparam, func, insert, or_, select, update
from sqlalchemy.orm import Mapped
from sqlmodel import col

from domain.exposures import Dimension, Exposure
from domain.money import Money
from domain.plans import Plan
from memory.columns import millionths, whole
from memory.tables import ReservationRow

Hold = Literal["pending", "reserved"]
PARTIES = (Dimension.PRODUCT, Dimension.VENDOR, Dimension.CUSTOMER)
HELD: tuple[Hold, ...] = ("pending", "reserved")
"""What may still be carried out: it counts however long ago it was reserved, for it is spent in a window to come."""

OF_CASE = update(ReservationRow).where(col(ReservationRow.case_id) == bindparam("of_case"))
OF_VERSION = col(ReservationRow.version) == bindparam("of_version")
OF_STEP = OF_CASE.where(OF_VERSION, col(ReservationRow.step) == bindparam("of_step"))
RELEASED = OF_CASE.where(col(ReservationRow.state).in_(HELD)).values(state="released")
SPENT = OF_STEP.values(state="spent", at=bindparam("now"))


@dataclass(frozen=True)
class Own:
    """The reservation that is being judged and must not count against itself; no step means the whole plan."""

    case: str
    version: int
    step: int | None = None


@dataclass(frozen=True)
class CountedUsage:
    """Usage as the reservations tell it at one moment, inside one transaction; implements domain.ports.Usage."""

    tx: Connection
    now: datetime
    own: Own

    def amount(self, dimension: Dimension, exposure: Exposure, within: timedelta) -> Money:
        in_currency = col(ReservationRow.currency) == exposure.amount.currency
        total = self._counted(_sum(col(ReservationRow.amount)), dimension, exposure, within, in_currency)
        return Money(amount=whole(total), currency=exposure.amount.currency)

    def times(self, dimension: Dimension, exposure: Exposure, within: timedelta) -> int:
        return self._counted(func.count(), dimension, exposure, within)

    def quantity(self, dimension: Dimension, exposure: Exposure, within: timedelta) -> Decimal:
        return whole(self._counted(_sum(col(ReservationRow.quantity)), dimension, exposure, within))

    def _counted(
        self,
        total: ColumnElement[int],
        dimension: Dimension,
        exposure: Exposure,
        within: timedelta,
        *more: ColumnElement[bool],
    ) -> int:
        key = dimension.of(exposure)
        if key is None:
            return 0
        query = select(total).where(
            _counts(exposure.company, self.now - within),
            _shares(dimension, key),
            ~self._mine(),
            *more,
        )
        return int(self.tx.execute(query).scalar_one())

    def _mine(self) -> ColumnElement[bool]:
        mine = (col(ReservationRow.case_id) == self.own.case) & (col(ReservationRow.version) == self.own.version)
        return mine if self.own.step is None else mine & (col(ReservationRow.step) == self.own.step)


def reserve(tx: Connection, plan: Plan, hold: Hold, now: datetime) -> None:
    """Count every step of the plan that does something; taking back commits nothing new."""
    rows = [
        {
            "case_id": plan.case,
            "version": plan.version,
            "step": index,
            "state": hold,
            "at": now,
            "company": step.exposure.company,
            "currency": step.exposure.amount.currency,
            "amount": millionths(step.exposure.amount.amount),
            "quantity": millionths(step.exposure.quantity),
            "action": step.exposure.action,
            **{party.value: party.of(step.exposure) for party in PARTIES},
        }
        for index, step in enumerate(plan.steps)
        if step.direction == "do"
    ]
    if rows:
        tx.execute(insert(ReservationRow), rows)


def confirm(tx: Connection, case: str, version: int) -> None:
    """What was pending is reserved now: a person said yes."""
    pending = OF_CASE.where(OF_VERSION, col(ReservationRow.state) == "pending")
    tx.execute(pending.values(state="reserved"), {"of_case": case, "of_version": version})


def spend(tx: Connection, case: str, version: int, step: int, now: datetime) -> None:
    """A step is being carried out: it counts from this moment on."""
    tx.execute(SPENT, {"of_case": case, "of_version": version, "of_step": step, "now": now})


def give_back(tx: Connection, case: str, version: int, step: int) -> None:
    """A step had no effect after all."""
    tx.execute(OF_STEP.values(state="released"), {"of_case": case, "of_version": version, "of_step": step})


def release(tx: Connection, case: str, version: int | None = None) -> None:
    """Whatever of a case, or of one version, was not carried out stops counting."""
    if version is None:
        tx.execute(RELEASED, {"of_case": case})
    else:
        tx.execute(RELEASED.where(OF_VERSION), {"of_case": case, "of_version": version})


def _counts(company: int, since: datetime) -> ColumnElement[bool]:
    """What is held in a company, and what was spent since a moment; told the company twice, SQLite looks up each."""
    mine, state = col(ReservationRow.company) == company, col(ReservationRow.state)
    return or_(mine & state.in_(HELD), mine & (state == "spent") & (col(ReservationRow.at) > since))


def _sum(column: Mapped[int]) -> ColumnElement[int]:
    return func.coalesce(func.sum(column), 0)


def _shares(dimension: Dimension, key: str) -> ColumnElement[bool]:
    match dimension:
        case Dimension.VENDOR:
            return col(ReservationRow.vendor) == key
        case Dimension.CUSTOMER:
            return col(ReservationRow.customer) == key
        case Dimension.PRODUCT:
            return col(ReservationRow.product) == key
        case Dimension.ACTION:
            return col(ReservationRow.action) == key
        case Dimension.COMPANY:
            return col(ReservationRow.company) == int(key)
