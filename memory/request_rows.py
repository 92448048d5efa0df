"""A request as a row, and the row as a request."""

from typing import Literal

from sqlalchemy import Connection, RowMapping, Select, select
from sqlmodel import col

from domain.errors import NotFound
from domain.money import Money
from domain.values import Digest, Instant, Row, Value
from memory.tables import RequestRow

RequestState = Literal["pending", "approved", "rejected", "expired", "superseded"]


class Request(Value):
    """A question to whoever holds the role: may this plan version be carried out?"""

    id: str
    case: str
    plan_version: int
    plan_digest: Digest
    policy_digest: Digest
    role: str
    four_eyes: bool
    amount: Money
    title: str
    requested_by: str
    edited_by: str | None
    state: RequestState
    made_at: Instant
    expires_at: Instant
    decided_by: str | None
    decided_at: Instant | None
    reason: str | None


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
    fields = {name: value for name, value in row.items() if name not in {"number", "case_id", "amount", "currency"}}
    amount = {"amount": row["amount"], "currency": row["currency"]}
    return Request.model_validate({**fields, "case": row["case_id"], "amount": amount})


def told(request: Request) -> Row:
    """What the journal keeps of a question."""
    shown = {"id", "plan_version", "plan_digest", "policy_digest", "role", "four_eyes", "amount", "expires_at"}
    return request.model_dump(mode="json", include=shown)
