"""The sandbox engine as a transport, in process."""

import json

from domain.calls import Call
from domain.faults import OutcomeUnknown, Unreachable
from domain.values import Json
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.faults import SandboxFault
from scenarios.sandbox.injected import AnswerLost, LineDown
from tools.faults import classify_data


class EngineTransport:
    """One user of the engine; arguments and answers go through JSON as they would over HTTP."""

    def __init__(self, engine: Engine, uid: int) -> None:
        self._engine = engine
        self._uid = uid

    @property
    def uid(self) -> int:
        return self._uid

    def execute(self, call: Call) -> Json:
        args, kwargs = json.loads(json.dumps([list(call.args), dict(call.kwargs)]))
        try:
            answer: Json = json.loads(
                json.dumps(self._engine.execute_kw(self._uid, None, call.model, call.method, args, kwargs))
            )
        except SandboxFault as fault:
            raise classify_data(fault.data()) from None
        except LineDown:
            raise Unreachable from None
        except AnswerLost:
            raise OutcomeUnknown from None
        return answer
