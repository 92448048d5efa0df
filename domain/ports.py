"""Protocols let siblings meet without knowing each other."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Protocol
from zoneinfo import ZoneInfo

from domain.calls import Call
from domain.exposures import Dimension, Exposure
from domain.intents import Compensated, Fresh, Intent, Settled, Undo, Unsettled
from domain.money import Money
from domain.refusals import Refusal
from domain.values import Json, Row

Domain = Sequence[Json]
"""An Odoo search domain in prefix notation."""


class Transport(Protocol):
    """A logged-in way to one Odoo: odoorpc over HTTP, or the sandbox engine in process."""

    @property
    def uid(self) -> int:
        """The user it is logged in as."""
        ...

    def execute(self, call: Call) -> Json:
        """Carry out one call; raises OdooFault."""
        ...


class Reads(Protocol):
    """What may be asked of Odoo for one company: allowlisted models, fields and methods; every page is one call."""

    @property
    def company(self) -> int: ...

    @property
    def calls(self) -> int:
        """How many calls were made through this reader."""
        ...

    @property
    def uid(self) -> int:
        """The user it reads as, who is the one that writes too."""
        ...

    @property
    def zone(self) -> ZoneInfo:
        """By which the company's days begin and end; UTC where it names none."""
        ...

    def now(self) -> datetime:
        """The time of the desk's clock: what was read is compared with today."""
        ...

    def rows(
        self,
        model: str,
        fields: Sequence[str],
        domain: Domain = (),
        *,
        order: str = "id",
        limit: int | None = None,
        context: Mapping[str, Json] | None = None,
    ) -> list[Row]:
        """Every matching record (``search_read``, paged), ordered by id unless told otherwise."""
        ...

    def read(
        self, model: str, ids: Sequence[int], fields: Sequence[str], *, context: Mapping[str, Json] | None = None
    ) -> list[Row]:
        """The named records; Odoo leaves missing ones out silently."""
        ...

    def count(self, model: str, domain: Domain) -> int: ...

    def groups(self, model: str, domain: Domain, sums: Sequence[str], by: Sequence[str]) -> list[Row]:
        """``read_group``, not lazy."""
        ...

    def may(self, model: str, operation: str) -> bool:
        """Whether the user it reads as may do this to records of the model at all."""
        ...

    def holds(self, user: int, group: str) -> bool:
        """Whether somebody is in a group, by its external id; an unknown group is nobody's."""
        ...


class Register(Protocol):
    """The effects ledger as the gateway sees it."""

    def begin(self, intent: Intent, grant: str | None) -> Fresh | Settled | Unsettled | Refusal:
        """Grant spent, limits and pauses re-checked, effect row and intent journalled, in one immediate transaction."""
        ...

    def in_flight(self, intent: Intent, why: str) -> None:
        """Odoo may be at work on it from now on: it is about to be sent once more, or its answer was lost."""
        ...

    def finish(self, intent: Intent, result: Undo | Compensated) -> None:
        """Result, effect and journal entry, in one transaction."""
        ...

    def drop(self, intent: Intent, why: str) -> None:
        """The intent had no effect: it was never sent, or Odoo refused it whole."""
        ...

    def unknown(self, intent: Intent, why: str) -> None:
        """Nobody can tell whether it had its effect."""
        ...


class Usage(Protocol):
    """How much was committed already, reserved and pending included."""

    def amount(self, dimension: Dimension, exposure: Exposure, within: timedelta) -> Money:
        """Sum of amounts in the exposure's company and currency that share its key in this dimension, its own
        reservation left out."""
        ...

    def times(self, dimension: Dimension, exposure: Exposure, within: timedelta) -> int:
        """How many steps that is."""
        ...

    def quantity(self, dimension: Dimension, exposure: Exposure, within: timedelta) -> Decimal:
        """Their quantities summed; only meaningful by product."""
        ...


class StandingLimits(Protocol):
    """The limits that are checked again at execution."""

    def breach(self, exposure: Exposure, usage: Usage) -> Refusal | None: ...
