"""A request as a row, and the row as a request."""

from typing import Literal

from pydantic import computed_field
from sqlalchemy import Connection, RowMapping, Select, select
from sqlmodel import col

from domain.errors import NotFound
from domain.money import Money
from domain.values import Digest, Instant, Row, Value, digest
from memory.tables import RequestRow

RequestState = Literal["pending", "approved", "rejected", "expired", "superseded"]


class Request(Value):
    """A question to whoever holds the role: may these steps of this plan version be carried out?"""

    id: str
    case: str
    plan_version: int
    plan_digest: Digest
    policy_digest: Digest
    role: str
    steps: tuple[int, ...]
    """The plan's steps it is about; none where it was asked about the whole plan, before requests had parts."""
    four_eyes: bool
    amount: Money
    """What these steps commit or move together."""
    title: str
    requested_by: str
    edited_by: str | None
    state: RequestState
    made_at: Instant
    expires_at: Instant
    decided_by: str | None
    decided_at: Instant | None
    reason: str | None

    @computed_field  # type: ignore[prop-decorator]
    @property
    def digest(self) -> str:
        """What an answer is bound to: exactly this question about exactly this plan under this policy."""
        shown = {"case", "plan_digest", "policy_digest", "role", "steps", "amount"}
        return digest(self.model_dump(mode="json", include=shown))


def find_request(tx: Connection, id: str) -> Request:  # noqa: A002
    """One request; raises NotFound."""
    row = tx.execute(select(RequestRow).where(col(RequestRow.id) == id)).mappings().first()
    if row is None:
        raise NotFound(f"there is no request {id}; the inbox lists those that wait")
    return to_request(row)


def still_pending(tx: Connection, query: Select[RequestRow]) -> list[Request]:
    """Those of the query that wait for an answer, oldest first."""
    waiting = query.where(col(RequestRow.state) == "pending").order_by(col(RequestRow.number))
    return [to_request(row) for row in tx.execute(waiting).mappings().all()]


def to_request(row: RowMapping) -> Request:
    apart = {"number", "case_id", "steps", "amount", "currency"}
    fields = {name: value for name, value in row.items() if name not in apart}
    amount = {"amount": row["amount"], "currency": row["currency"]}
    parts = {"case": row["case_id"], "steps": row["steps"].split(), "amount": amount}
    return Request.model_validate({**fields, **parts})


def told(request: Request) -> Row:
    """What the journal keeps of a question."""
    shown = {"id", "plan_version", "plan_digest", "policy_digest", "role", "four_eyes", "amount", "expires_at"}
    if request.steps:
        shown |= {"steps", "digest"}
    return request.model_dump(mode="json", include=shown)
