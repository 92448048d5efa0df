"""The days that a line of a purchase order and its open receipts carry, as they are and as they were."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from domain.plans import RecordRef
from domain.ports import Reads
from domain.values import Json, Row
from tools.comparing import changes, same
from tools.purchase import LINE, MOVE, coming, ref
from tools.reads.names import quoted
from tools.reads.parsing import day_in, ident, label, moment, stamp
from tools.trace import Trace, wrote_last

LINE_DATES = ("date_planned",)
MOVE_DATES = ("date", "date_deadline")
NOON = time(12)
LINE_READ = (*LINE_DATES, "order_id", "product_id", "state", "write_uid")


class Dated(NamedTuple):
    """A record that says when goods come; the first of its fields is the one that counts, and its day the company's."""

    model: str
    row: Row
    fields: tuple[str, ...]
    zone: ZoneInfo

    @property
    def id(self) -> int:
        return ident(self.row)

    @property
    def key(self) -> str:
        return f"{self.model}:{self.id}"

    @property
    def field(self) -> str:
        return self.fields[0]

    @property
    def day(self) -> date | None:
        return day_in(self.zone, self.row[self.field])

    @property
    def ref(self) -> RecordRef:
        return ref(self.model, self.row, self.fields)

    def on(self, planned: date) -> str:
        """That day as Odoo writes it, at the record's own time of day there; at noon where it has none."""
        at = moment(self.row[self.field])
        return stamp(datetime.combine(planned, at.astimezone(self.zone).time() if at else NOON, self.zone))

    def day_before(self, trace: Trace) -> date | None:
        """The day that the plan saw there."""
        return day_in(self.zone, self.was(trace).get(self.field, False))

    def was(self, trace: Trace) -> Row:
        """The days that the plan saw there; Odoo cannot take a deadline away again where there was none."""
        seen = trace.was(self.model, self.id)
        return {field: seen[field] for field in self.fields if seen.get(field)}


def days_of(reads: Reads, line: int) -> tuple[Dated, ...]:
    """The line, unless it is gone, and the open moves that bring it."""
    zone = reads.zone
    lines = [Dated(LINE, row, LINE_DATES, zone) for row in reads.read(LINE, [line], LINE_READ)]
    moves = [Dated(MOVE, row, MOVE_DATES, zone) for row in coming(reads, [line], [*MOVE_DATES, "write_uid"])]
    return (*lines, *moves)


def former(reads: Reads, now: Sequence[Dated], trace: Trace) -> Row:
    """What each record said before, by ``model:id``; empty where another user wrote a day that changed."""
    for each in now:
        was = each.was(trace).get(each.field)
        if not same(was, each.row[each.field]) and not wrote_last(reads, each.row):
            return {}
    return {each.key: each.was(trace) for each in now}


def moved(now: Sequence[Dated], before: Mapping[str, Json]) -> list[Dated]:
    """Those that do not say what they said before."""
    return [each for each in now if isinstance(was := before.get(each.key), dict) and changes(was, each.row)]


def told(now: Sequence[Dated]) -> str:
    """The goods and their day, for a person."""
    days = " and ".join(sorted({f"{each.day:%-d %b %Y}" for each in now if each.day}))
    line = next((each.row for each in now if each.model == LINE), None)
    goods = f"{quoted(label(line, 'product_id'))} of {label(line, 'order_id')}" if line else "what is still to come"
    return f"{goods} is expected on {days}"
