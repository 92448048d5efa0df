"""The write handle: it admits only the calls one action declared, and exists only while the gateway carries it out."""

from collections.abc import Mapping

from domain.calls import Call
from domain.faults import OutcomeUnknown
from domain.ports import Transport
from domain.scopes import Scope
from domain.values import Json, Row
from tools.admission import check_call, check_context
from tools.errors import OutOfScope
from tools.trace import Trace


class Writer:
    """Writes to Odoo for one company, inside one scope, a few calls long; raises OutOfScope before anything is sent."""

    def __init__(
        self,
        transport: Transport,
        scope: Scope,
        company: int,
        *,
        trace: Trace,
        language: str = "en_US",
        timezone: str = "UTC",
        budget: int | None = None,
    ) -> None:
        self._transport = transport
        self._scope = scope
        self._company = company
        self._context: Row = {"allowed_company_ids": [company], "lang": language, "tz": timezone}
        self._left = scope.calls if budget is None else budget
        self.trace = trace
        self.done = 0
        """Calls that Odoo carried out."""
        self.unsure = False
        """Whether a call was sent whose outcome is not known."""

    @property
    def marker(self) -> str:
        return self.trace.marker

    @property
    def untouched(self) -> bool:
        """Whether nothing can have changed in Odoo through this handle."""
        return self.done == 0 and not self.unsure

    def call(
        self, model: str, method: str, *args: Json, context: Mapping[str, Json] | None = None, **keywords: Json
    ) -> Json:
        """One write; raises OutOfScope unless the scope names all of it, and OdooFault as Odoo answers."""
        permit = self._scope.permit(model, method)
        if permit is None:
            raise OutOfScope(f"{model}.{method} is not among the calls this action declared")
        check_context(permit, context or {})
        check_call(permit, method, args, {**(context or {}), **keywords}, company=self._company, marker=self.marker)
        self._spend()
        kwargs = {**keywords, "context": {**(context or {}), **self._context}}
        return self._send(Call(model=model, method=method, args=args, kwargs=kwargs))

    def create(self, model: str, values: Row) -> int:
        """Create one record; its id. Raises OutcomeUnknown where something else came back."""
        answer = self.call(model, "create", values)
        if isinstance(answer, bool) or not isinstance(answer, int):
            self.unsure = True
            raise OutcomeUnknown(f"expected an id from {model}.create, found {type(answer).__name__}")
        return answer

    def _spend(self) -> None:
        if self._left <= 0:
            raise OutOfScope(f"this action declared {self._scope.calls} calls and wants to make one more")
        self._left -= 1

    def _send(self, call: Call) -> Json:
        try:
            answer = self._transport.execute(call)
        except OutcomeUnknown:
            self.unsure = True
            raise
        self.done += 1
        return answer
