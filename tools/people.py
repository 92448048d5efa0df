"""Who somebody is, proven to Odoo by password or API key, and which roles their Odoo groups give them."""

from collections.abc import Callable, Mapping, Sequence

from pydantic import SecretStr

from domain.calls import Call
from domain.faults import ServerBug
from domain.people import Person
from domain.ports import Transport
from domain.values import Row


def identify(
    connect: Callable[[str, SecretStr], Transport], login: str, secret: SecretStr, groups: Mapping[str, Sequence[str]]
) -> Person:
    """The user behind a login, with each role that one of its groups gives; raises WrongLogin, and OdooFault."""
    odoo = connect(login, secret)
    row = _own(odoo)
    companies = row["company_ids"] if isinstance(row["company_ids"], list) else []
    return Person(
        uid=odoo.uid,
        login=str(row["login"]),
        name=str(row["name"]),
        companies=tuple(company for company in companies if isinstance(company, int)),
        roles=tuple(role for role, names in groups.items() if any(_in_group(odoo, name) for name in names)),
    )


def _own(odoo: Transport) -> Row:
    call = Call(
        model="res.users", method="read", args=([odoo.uid],), kwargs={"fields": ["company_ids", "login", "name"]}
    )
    match odoo.execute(call):
        case [dict() as row]:
            return row
        case found:
            raise ServerBug(f"expected the user's own record, found {type(found).__name__}")


def _in_group(odoo: Transport, group: str) -> bool:
    """An unknown group is nobody's."""
    return odoo.execute(Call(model="res.users", method="has_group", args=([odoo.uid], group))) is True
