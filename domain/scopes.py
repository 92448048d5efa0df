"""What a step may touch in Odoo: models, methods, fields, children and context keys, each named."""

from pydantic import Field

from domain.values import Row, Value


class Permit(Value):
    """Methods of one model, the fields that may be written with them, and the keywords they may carry."""

    model: str
    methods: frozenset[str]
    fields: frozenset[str] = frozenset()
    """Fields a ``create`` or ``write`` may set; none unless named."""
    children: dict[str, frozenset[str]] = Field(default_factory=dict)
    """x2many field to the fields its ``(0, 0, values)`` commands may set; no other command is admitted."""
    links: frozenset[str] = frozenset()
    """x2many fields that may take one record that exists, by ``(4, id)``; nothing is made or changed by it."""
    unlinks: frozenset[str] = frozenset()
    """x2many fields that may let one record go, by ``(3, id)``; the record itself stays."""
    context: frozenset[str] = frozenset()
    """Context keys that may be set beside company, language and time zone."""
    keywords: frozenset[str] = frozenset()
    """Keyword arguments of the method."""
    fixed: Row = Field(default_factory=dict)
    """Keywords and context keys that must be there and carry exactly this value: a note stays a note."""
    marker: str | None = None
    """The field or keyword that must carry the intent's marker, so that the effect can be found again."""
    spare: bool = False
    """Whether the step does without these calls, and says what stays, where the user has no right to them."""


class Scope(Value):
    """All that one action may do in Odoo; a call that no permit admits is refused before it is sent."""

    permits: tuple[Permit, ...]
    calls: int = Field(default=1, ge=1, le=10)
    """The most calls one step may make."""

    def permit(self, model: str, method: str) -> Permit | None:
        """The permit for this method of this model, None when there is none."""
        return next((p for p in self.permits if p.model == model and method in p.methods), None)
