"""Whether what came as a search domain is one, and what each release of Odoo says where it is none."""

from collections.abc import Sequence
from typing import Any

from scenarios.sandbox.faults import BrokenAssertion, SandboxFault, TooFew, WrongArguments, WrongValue

JOINS = {"!": 0, "&": 1, "|": 1}
"""By how many terms more each of them wants than it is itself."""

NO_DOMAIN = "Domains to normalize must have a 'domain' form: a list or tuple of domain components"


def check(domain: Any, *, read_first: bool) -> Sequence[Any]:
    """The domain; raises what Odoo says of one that is none, which differs with where it is noticed."""
    if _plain(domain):
        return tuple(domain)
    wrong = _misread(domain) if read_first else _stumbled_over(domain)
    if wrong is not None:
        raise wrong
    return domain or ()


PLAIN = frozenset({"=", "!=", "<", "<=", ">", ">=", "like", "ilike"})
LISTED = frozenset({"in", "not in"})


def _plain(domain: Any) -> bool:
    """Most domains: nothing but terms that no release could take offence at."""
    return isinstance(domain, (list, tuple)) and all(
        isinstance(term, (list, tuple)) and len(term) == 3 and isinstance(term[0], str) and _compares(term[1], term[2])
        for term in domain
    )


def _compares(operator: Any, value: Any) -> bool:
    if not isinstance(operator, str):
        return False
    return operator in PLAIN or (operator in LISTED and isinstance(value, (list, tuple)))


def _missing(domain: Sequence[Any]) -> bool:
    """Whether a ``|`` or ``&`` lacks what it joins."""
    wanted = 1
    for term in domain:
        wanted = max(wanted, 1) + (JOINS[term] if isinstance(term, str) and term in JOINS else -1)
    return wanted > 0 and bool(domain)


def _misread(domain: Any) -> SandboxFault | None:
    """Odoo reads all of it before it looks for anything; False finds nothing, True everything."""
    if isinstance(domain, bool):
        return None
    if not isinstance(domain, (list, tuple)):
        return WrongArguments(f"Domain() invalid argument type for domain: {domain!r}")
    for term in domain:
        joins = isinstance(term, str) and term in JOINS
        if not joins and not (isinstance(term, (list, tuple)) and len(term) == 3 and _may_head(term[0])):
            return WrongValue(f"Domain() invalid item in domain: {term!r}")
    return WrongValue(f"Domain() malformed domain {domain!r}") if _missing(domain) else None


def _may_head(head: Any) -> bool:
    return isinstance(head, str) or head in (0, 1)


def _stumbled_over(domain: Any) -> SandboxFault | None:
    """Odoo comes upon it while it is searching, and Python complains."""
    if not isinstance(domain, (list, tuple)):
        return BrokenAssertion(NO_DOMAIN)
    for term in domain:
        if not isinstance(term, (str, list, tuple)):
            return WrongArguments(f"'{type(term).__name__}' object is not subscriptable")
    if _missing(domain):
        return WrongValue(f"Domain {domain!r} is syntactically not correct.")
    return next(filter(None, map(_odd, domain)), None)


def _odd(term: Any) -> SandboxFault | None:
    """A word that joins nothing is taken apart like a term."""
    if isinstance(term, str) and term in JOINS:
        return None
    if len(term) < 2:
        return TooFew(f"{'string' if isinstance(term, str) else 'tuple'} index out of range")
    if len(term) != 3:
        return WrongValue(_unpacked(len(term)))
    if term[1] in ("in", "not in") and not isinstance(term[2], (list, tuple, bool)):
        return WrongValue(f"Invalid domain term {tuple(term)!r}")
    return WrongValue(f"Invalid leaf {tuple(term)!r}") if isinstance(term, str) or _shouted(term[1]) else None


def _unpacked(parts: int) -> str:
    if parts > 3:
        return "too many values to unpack (expected 3)"
    return f"not enough values to unpack (expected 3, got {parts})"


def _shouted(operator: Any) -> bool:
    return isinstance(operator, str) and operator != operator.lower()
