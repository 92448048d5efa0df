"""The sandbox as a transport of the desk, in process: the same answers and faults as over HTTP, without the wire."""

import json

from domain.calls import Call
from domain.faults import OutcomeUnknown, Unreachable, WrongLogin
from domain.values import Json
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.faults import SandboxFault, unforeseen
from scenarios.sandbox.injected import AnswerLost, LineDown
from tools.transports.faults import classify_data


class EngineTransport:
    """A logged-in way to an engine in this process."""

    def __init__(self, engine: Engine, uid: int) -> None:
        self._engine = engine
        self._uid = uid

    @classmethod
    def log_in(cls, engine: Engine, login: str, secret: str) -> "EngineTransport":
        """With a password or an API key; raises WrongLogin."""
        uid = engine.login(engine.database, login, secret)
        if isinstance(uid, bool):
            raise WrongLogin(f"the sandbox does not accept user {login!r} with this password or API key")
        return cls(engine, uid)

    @property
    def uid(self) -> int:
        return self._uid

    def execute(self, call: Call) -> Json:
        """One call; arguments and answer take the shape they would have as JSON. Raises OdooFault."""
        args = json.loads(json.dumps(call.args))
        kwargs = json.loads(json.dumps(dict(call.kwargs)))
        try:
            answer = self._engine.execute_kw(self._uid, None, call.model, call.method, args, kwargs)
        except SandboxFault as fault:
            raise classify_data(fault.data()) from None
        except LineDown:
            raise Unreachable("the sandbox does not answer (an injected failure); nothing was sent") from None
        except AnswerLost:
            raise OutcomeUnknown(f"no answer to {call} came back (an injected failure)") from None
        except Exception as bug:
            raise classify_data(unforeseen(bug)) from bug
        shaped: Json = json.loads(json.dumps(answer))
        return shaped
