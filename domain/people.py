"""The people of the desk are users of Odoo; their roles come from their Odoo groups."""

from domain.values import Value


class Person(Value):
    """A user whose password or API key Odoo accepted just now."""

    uid: int
    login: str
    name: str
    companies: tuple[int, ...]
    roles: tuple[str, ...]

    @property
    def actor(self) -> str:
        """How the journal names this person: without a name."""
        return f"user:{self.uid}"


DESK = "desk"
"""The actor of whatever the desk does by itself."""

RULES = "rules"
"""The actor of a judgement that stands until the facts change: nothing more can be done about a case."""
