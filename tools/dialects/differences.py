"""The kinds of difference there are between two versions of Odoo: a field, a method, a word of the context."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from domain.values import Json, Row


class Ask(Protocol):
    """One more look at the Odoo that answered, in its own words: the records by id; none is asked for without ids."""

    def __call__(self, model: str, ids: Iterable[int], fields: Sequence[str]) -> Mapping[int, Row]: ...


Beside = Callable[[Sequence[Row], Ask], Mapping[int, Json]]
"""What has to be known besides the rows themselves, by the id of the row."""


@dataclass(frozen=True, kw_only=True)
class Field:
    """A field of Odoo 18, as another version has it; what is None cannot be said there, and is refused by name."""

    model: str
    ours: str
    theirs: tuple[str, ...]
    """What is read in its place; the first of them describes it."""
    value: Callable[[Row, Json], Json]
    """Our value, from their row and what stands beside it."""
    beside: Beside | None = None
    written: Callable[[Json], Row] | None = None
    """Their values for ours."""
    asked: Callable[[str, Json], Sequence[Json]] | None = None
    """Their search terms, one whole expression, for our operator and value."""
    plain: str | None = None
    """Their name, where the two differ in nothing else: it may be sorted and grouped by."""
    sorts: bool = True
    """Whether their field of that name, where there is one, sorts as ours does."""
    because: str = ""
    """What a person does about it, where it cannot be said."""


@dataclass(frozen=True, kw_only=True)
class Method:
    """A method of Odoo 18, as another version has it; ``model`` None stands for every model."""

    ours: str
    model: str | None = None
    theirs: str | None = None
    """Their name for it, where that differs."""
    args: Callable[[tuple[Json, ...], int], tuple[Json, ...]] = field(default=lambda args, _: args)
    """Their arguments for ours, and for the user who asks."""
    answer: Callable[[Json], Json] = field(default=lambda answer: answer)


@dataclass(frozen=True, kw_only=True)
class ContextKey:
    """A word of the context that has another name."""

    ours: str
    theirs: str


@dataclass(frozen=True, kw_only=True)
class Differences:
    """All that one version says otherwise than Odoo 18."""

    fields: tuple[Field, ...] = ()
    methods: tuple[Method, ...] = ()
    context: tuple[ContextKey, ...] = ()


def renamed(model: str, ours: str, theirs: str) -> Field:
    """The same field by another name."""
    return Field(
        model=model,
        ours=ours,
        theirs=(theirs,),
        value=lambda row, _: row[theirs],
        written=lambda value: {theirs: value},
        asked=lambda operator, value: [[theirs, operator, value]],
        plain=theirs,
    )


def stands_for(model: str, ours: str, theirs: str, because: str) -> Field:
    """A field whose part another one plays; it can be read, and no more."""
    return Field(model=model, ours=ours, theirs=(theirs,), value=lambda row, _: row[theirs], because=because)


def link(value: Json) -> int:
    """The id behind a many2one as Odoo reads it (``[3, "Dozens"]``), zero where it is empty."""
    match value:
        case [int() as record, *_]:
            return record
    return 0


def first(answer: Json) -> Json:
    """The one record that a method answers with, out of its list."""
    return answer[0] if isinstance(answer, list) and answer else answer
