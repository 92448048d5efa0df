"""Says a call in the words of the Odoo that is asked, and its answer in the words that the desk thinks in."""

from domain.calls import Call
from domain.ports import Transport
from domain.values import Json
from tools.versions import NATIVE


class Dialect:
    """The words of one version of Odoo, beside those of Odoo 18."""

    def __init__(self, version: int) -> None:
        self.version = version

    def spoken(self, call: Call) -> Call:
        """The call as this version wants it; raises UnknownField for what it cannot be asked."""
        return call

    def understood(self, call: Call, answer: Json) -> Json:
        """The answer to a call, as Odoo 18 would have given it."""
        del call
        return answer


class Speaking:
    """A way to an Odoo of another version that takes Odoo 18's words and gives them."""

    def __init__(self, inner: Transport, dialect: Dialect) -> None:
        self._inner = inner
        self._dialect = dialect

    @property
    def uid(self) -> int:
        return self._inner.uid

    def execute(self, call: Call) -> Json:
        """Carry out one call; raises OdooFault."""
        return self._dialect.understood(call, self._inner.execute(self._dialect.spoken(call)))


def dialect(version: int) -> Dialect:
    """The words of one version: 17, 18 or 19."""
    return Dialect(version)


def speaking(inner: Transport, version: int) -> Transport:
    """The way itself where it speaks Odoo 18's words already, else one that translates."""
    return inner if version == NATIVE else Speaking(inner, dialect(version))
