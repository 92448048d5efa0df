"""A scenario as it is written in TOML: what is given, what happens when, and what must be true at the end."""

import tomllib
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from domain.cases import CaseState
from domain.errors import Misuse
from domain.values import Instant, Json, Row, Value
from memory.request_rows import RequestState
from scenarios.house import House

Verb = Literal[
    "scan", "recover", "wait",
    "approve", "reject", "edit", "propose", "ask", "answer", "take", "give_back", "dismiss", "snooze",
    "close", "preview", "rollback", "pause", "resume",
    "stock", "reorder", "shelf", "in_two_steps",
    "customer_of_tier", "sell", "deliver", "history", "kit",
    "buy", "order", "postpone", "receive", "received", "vendor_price", "another_vendor", "by_dozen",
    "article", "to_order", "archive", "approve_above", "another_company", "rights",
    "fault",
]  # fmt: skip
"""What people and the desk do, and what changes in Odoo meanwhile (the verbs of ``scenarios.worlds.small``)."""


class Event(Value):
    """One thing that happens; ``after`` moves the clock first."""

    do: Verb
    after_minutes: int = Field(default=0, ge=0)
    by: str | None = None
    """The login of the person who does it."""
    about: str | None = None
    """The case it concerns, ``lantern@NTH``; what was last asked about it is what is decided."""
    role: str | None = None
    """The role that was asked, where several were."""
    option: str | None = None
    """Prefix of the option that is proposed, ``redate:``; just one of those there are may begin so."""
    to: str | None = None
    """The login of the colleague who is asked."""
    words: str = ""
    """A question, or its answer."""
    reason: str = ""
    until_day: float = 0
    """The day until which a case is put aside, counted from the first."""
    knobs: dict[str, str] = Field(default_factory=dict)
    name: str | None = None
    """How later events and checks call what this one made: ``$po``."""
    given: Row = Field(default_factory=dict)
    """Arguments of a verb of the world."""
    refused_by: str | None = None
    """The guard that must refuse it; without one it must not be refused."""


class CaseCheck(Value):
    """How a case must stand at the end."""

    about: str
    state: CaseState
    option: str | None = None
    """Prefix of the newest plan's option: ``transfer`` or ``rfq``."""
    plans: int | None = None
    """How many plan versions there must have been."""
    why: str | None = None
    """Words that the reason must contain."""
    weighed: tuple[str, ...] = ()
    """Prefixes of options that the newest plan must have weighed and not chosen, though they could be done."""
    ruled_out: tuple[str, ...] = ()
    """Prefixes of options that it must have found impossible."""


class RequestCheck(Value):
    """What must have become of a request about a case."""

    about: str
    role: str
    state: RequestState


class QuestionCheck(Value):
    """How the last question about a case must have been answered."""

    about: str
    answered: str
    """Words that the answer must contain; none where it must be open still."""


class OdooCheck(Value):
    """How many records of Odoo must match, and what they must add up to."""

    model: str
    where: list[Json]
    count: int = Field(ge=0)
    total: dict[str, float] = Field(default_factory=dict)
    """Field to the sum over the matching records."""


class JournalCheck(Value):
    """How many journal entries of a kind there must be."""

    kind: str
    count: int = Field(ge=0)


class Never(Value):
    """A write that must not have reached Odoo, ``model.method``, by the desk's own user."""

    call: str


class Script(Value):
    """One scenario."""

    title: str
    story: str
    """What a distributor would say happened, and why the end is right."""
    at: Instant
    house: House = House()
    """What the distributor wrote down beforehand."""
    given: tuple[Event, ...]
    when: tuple[Event, ...]
    cases: tuple[CaseCheck, ...] = ()
    no_other_cases: bool = True
    """Whether the cases named are all there are."""
    requests: tuple[RequestCheck, ...] = ()
    """The last that were asked; another request of the same plan is a failure too."""
    questions: tuple[QuestionCheck, ...] = ()
    odoo: tuple[OdooCheck, ...] = ()
    journal: tuple[JournalCheck, ...] = ()
    never: tuple[Never, ...] = ()


def load(path: Path) -> Script:
    """Read one scenario; raises Misuse naming the file and what is wrong in it."""
    try:
        return Script.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise Misuse(f"{path} cannot be read: {error.strerror}; name a scenario file or a folder of them") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Misuse(f"{path} is not TOML: {error}") from None
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise Misuse(f"{path} is not a scenario: {wrong}") from None


def collect(paths: list[Path]) -> list[Path]:
    """Every scenario file among some files and folders; raises Misuse where there is none."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.rglob("*.toml")) if path.is_dir() else [path]
        if not inside:
            raise Misuse(f"there is no scenario (*.toml) in {path}")
        found.extend(inside)
    return found
