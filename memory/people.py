"""Who is behind an actor of the journal: the login by which Odoo knows them, until they are forgotten."""

from sqlalchemy import Connection, select
from sqlmodel import col

from domain.clock import Clock
from domain.people import Person
from memory.database import Database
from memory.tables import SubjectRow
from memory.upserts import put


class People:
    """The logins of whoever proved who they are."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def know(self, person: Person) -> None:
        """Keep by which login a person came, so that pages can name them."""
        if self.logins().get(person.actor) != person.login:
            self._keep(person.actor, person.login)

    def named(self, actor: str, login: str) -> None:
        """Keep the login of somebody whom the desk speaks to and who never came."""
        if actor not in self.logins():
            self._keep(actor, login)

    def logins(self) -> dict[str, str]:
        """Actor to login, of everybody who was not forgotten."""
        known = select(col(SubjectRow.subject), col(SubjectRow.login)).where(col(SubjectRow.login).is_not(None))
        with self._database.reading() as tx:
            return {row.subject: row.login for row in tx.execute(known)}

    def _keep(self, actor: str, login: str) -> None:
        with self._database.writing() as tx:
            known = {"login": login} | ({} if _stands(tx, actor) else {"made_at": self._clock.now()})
            put(tx, SubjectRow, {"subject": actor}, known)


def _stands(tx: Connection, subject: str) -> bool:
    return tx.execute(select(SubjectRow).where(col(SubjectRow.subject) == subject)).first() is not None
