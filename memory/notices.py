"""Who was told of which request, so that nobody is told twice and nobody is left with a request that is over."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, Select, case, func, select
from sqlmodel import col

from domain.cases import NOTICE, Case
from memory.case_rows import to_case
from memory.database import Database
from memory.request_rows import Request, to_request
from memory.tables import CaseRow, EffectRow, RequestRow


def about(request: str, whom: str) -> str:
    """The subject of a notice: ``request:R1@user:7``."""
    return f"request:{request}@{whom}"


def parted(subject: str) -> tuple[str, str]:
    """The request and whom it is to be told to."""
    request, _, whom = subject.removeprefix("request:").partition("@")
    return request, whom


class Notices:
    """Reads only: a notice is a case, opened, moved and closed as any other."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_request(self, request: str) -> list[Case]:
        """The notices about a request, one for each person."""
        mine = col(CaseRow.subject).startswith(about(request, ""), autoescape=True)
        return self._cases(select(CaseRow).where(col(CaseRow.kind) == NOTICE, mine))

    def untold(self, roles: Sequence[str]) -> list[Request]:
        """Requests to these roles that wait for an answer and of which there is no notice; none about a notice."""
        waiting = (
            select(RequestRow)
            .join(CaseRow, col(CaseRow.id) == col(RequestRow.case_id))
            .where(col(RequestRow.state) == "pending", col(RequestRow.role).in_(roles), col(CaseRow.kind) != NOTICE)
        )
        with self._database.reading() as tx:
            found = [to_request(row) for row in tx.execute(waiting.order_by(col(RequestRow.number))).mappings()]
            told = _told_since(tx, found[0].made_at) if found else frozenset()
        return [request for request in found if request.id not in told]

    def standing(self) -> list[Case]:
        """Notices that were told and whose activity the desk did not close yet."""
        left = func.sum(case((col(EffectRow.direction) == "do", 1), else_=-1))
        told = (
            select(col(EffectRow.case_id))
            .join(CaseRow, col(CaseRow.id) == col(EffectRow.case_id))
            .where(col(CaseRow.kind) == NOTICE, col(CaseRow.state) == "closed", col(EffectRow.state) == "done")
            .group_by(col(EffectRow.case_id))
            .having(left == 1)
        )
        return self._cases(select(CaseRow).where(col(CaseRow.id).in_(told)))

    def _cases(self, query: Select[CaseRow]) -> list[Case]:
        with self._database.reading() as tx:
            return [to_case(row) for row in tx.execute(query.order_by(col(CaseRow.number))).mappings()]


def _told_since(tx: Connection, then: datetime) -> frozenset[str]:
    """The requests of which a notice was opened since the oldest of those that wait was made."""
    recent = select(col(CaseRow.subject)).where(col(CaseRow.kind) == NOTICE, col(CaseRow.opened_at) >= then)
    return frozenset(parted(subject)[0] for subject in tx.execute(recent).scalars())
