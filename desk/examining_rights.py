"""Looks at what the desk's user may do in Odoo: read, act, take back, and how much mightier it is than it has to be."""

from collections.abc import Iterator, Mapping, Sequence

from desk.examining import Check, Outcome
from domain.calls import Call
from domain.errors import DeskError
from domain.faults import ServerBug
from domain.ports import Transport
from domain.words import counted
from guardrails.patterns import names
from tools.action import AnyAction
from tools.allowlist import FIELDS
from tools.catalogue import CATALOGUE
from tools.rights import FURTHER_GROUPS, GRANTED_BY, MIGHTY_GROUPS, SERVICE_GROUPS, Group, Need, needs, undo_needs

MODULES = {
    "crm": "sales_team", "mail": "mail", "product": "product", "purchase": "purchase", "sale": "sale", "stock": "stock",
    "uom": "uom",
}  # fmt: skip
"""Which module brings a model, by the first word of the model's name."""

ASKED = "somebody who may is asked to, by an activity"


def reading_check(transport: Transport, version: int) -> Check:
    """Whether every model of the allowlist can be read."""
    lacking = {model: lack for model in FIELDS if (lack := lacks(transport, Need(model, "read")))}
    if not lacking:
        return Check(name="reading", outcome="ok", found=f"all {len(FIELDS)} models")
    modules = [brought_by(model) for model, lack in lacking.items() if lack == absent_model(model)]
    groups = [group.called(version) for group in SERVICE_GROUPS] if len(modules) < len(lacking) else []
    return Check(name="reading", outcome="fail", found="; ".join(lacking.values()), fix=remedy(modules, groups))


class Rights:
    """What was asked of Odoo about rights, each once."""

    def __init__(self, transport: Transport, version: int) -> None:
        self._transport = transport
        self._version = version
        self._known: dict[Need, str | None] = {}

    def lacks(self, action: AnyAction) -> list[Need]:
        """What the action's own calls may not do."""
        return [need for need in sorted(needs(action)) if self.why(need)]

    def lacks_to_undo(self, action: AnyAction) -> list[Need]:
        """What taking it back may not do."""
        return [need for need in sorted(undo_needs(action)) if self.why(need)]

    def why(self, need: Need) -> str | None:
        """What is missing for it, None where nothing is."""
        if need not in self._known:
            self._known[need] = lacks(self._transport, need)
        return self._known[need]

    def absent(self, need: Need) -> bool:
        """Whether Odoo has no such model, so that nobody could be given the right."""
        return self.why(need) == absent_model(need.model)

    def fix(self, wanted: Sequence[Need]) -> str:
        """Which module to install, and which group to give, as the form of a user calls it."""
        modules = [brought_by(need.model) for need in wanted if self.absent(need)]
        held = [GRANTED_BY[need] for need in wanted if need in GRANTED_BY and not self.absent(need)]
        return remedy(modules, [group.called(self._version) for group in held])


def action_checks(rights: Rights) -> Iterator[Check]:
    """Whether the user holds every right an action and its compensation need."""
    for action in CATALOGUE.values():
        yield action_check(rights, action)


def action_check(rights: Rights, action: AnyAction) -> Check:
    """One action: what it needs, what is lacking, and who does it then."""
    to_do, to_undo = rights.lacks(action), rights.lacks_to_undo(action)
    if not to_do and not to_undo:
        return Check(
            name=action.name, outcome="ok", found=", ".join(map(str, sorted(needs(action) | undo_needs(action))))
        )
    why = "; ".join(dict.fromkeys(filter(None, map(rights.why, [*to_do, *to_undo]))))
    if action.name in FURTHER_GROUPS and not _service_lacks([*to_do, *to_undo]):
        return Check(name=action.name, outcome="ok", found=f"{why}: {ASKED}")
    partly = not to_do or len({need.model for need in to_do}) < len({need.model for need in needs(action)})
    consequence = "; it could not be taken back" if not to_do else ""
    return Check(
        name=action.name,
        outcome="warn" if partly else "fail",
        found=f"{why}{consequence}",
        fix=rights.fix([*to_do, *to_undo]),
    )


def _service_lacks(lacking: Sequence[Need]) -> bool:
    """Whether one of the groups that the desk cannot do without is missing."""
    return any(GRANTED_BY.get(need) in SERVICE_GROUPS for need in lacking)


def agent_checks(rights: Rights, scopes: Mapping[str, Sequence[str]]) -> Iterator[Check]:
    """What the agent of each kind could and could not do of what the policy lets it use."""
    for kind, patterns in scopes.items():
        yield agent_check(rights, kind, [action for action in CATALOGUE.values() if names(patterns, action.name)])


def agent_check(rights: Rights, kind: str, used: Sequence[AnyAction]) -> Check:
    """One agent: what it could do, what others could, and what nobody could."""
    lacking = {action.name: rights.lacks(action) for action in used if rights.lacks(action)}
    words = [name for name in lacking if name.startswith("mail.")]
    nobody = [name for name, needed in lacking.items() if name not in words and any(map(rights.absent, needed))]
    others = [name for name in lacking if name not in words and name not in nobody]
    could = f"could do {counted(len(used) - len(lacking), 'action')} of {len(used)}"
    told = {"it asks others for": others, "for want of a module nobody does": nobody, "not on every document": words}
    found = "; ".join([could, *(f"{what} {', '.join(which)}" for what, which in told.items() if which)])
    outcome: Outcome = "fail" if len(lacking) == len(used) else "warn" if words or nobody else "ok"
    return Check(name=f"agent {kind}", outcome=outcome, found=found, fix="see the actions above")


def lacks(transport: Transport, need: Need) -> str | None:
    """What is missing for this operation, None where nothing is."""
    asked = Call(
        model=need.model, method="check_access_rights", args=(need.operation,), kwargs={"raise_exception": False}
    )
    try:
        granted = transport.execute(asked) is True
    except ServerBug:
        return absent_model(need.model)
    except DeskError as error:
        return f"{need.model}: {error}"
    return None if granted else f"no right to {need}"


def absent_model(model: str) -> str:
    """That a module is missing."""
    return f"Odoo has no {model}: module {brought_by(model)} is not installed"


def brought_by(model: str) -> str:
    """The module that brings a model."""
    return MODULES.get(model.split(".", maxsplit=1)[0], "base")


def remedy(modules: Sequence[str], groups: Sequence[str]) -> str:
    """What to install and what to give, each once; a right cannot be given before its module is there."""
    install = f"install {' and '.join(dict.fromkeys(modules))} in Odoo"
    if not groups:
        return install if modules else "give the desk's user the Odoo groups that hold these rights"
    give = f"in Odoo, Settings, Users: give the desk's user {' and '.join(dict.fromkeys(groups))}"
    return f"{install}; then {give}" if modules else give


def groups_check(transport: Transport, version: int) -> Check:
    """Whether the desk's user is mightier than it has to be, and what it ought to be."""
    mighty = [group for group in MIGHTY_GROUPS if holds(transport, group)]
    least = ", ".join(group.called(version) for group in SERVICE_GROUPS)
    if mighty:
        found = f"the desk's user is mightier than it has to be: {', '.join(group.called(version) for group in mighty)}"
        fix = f"give the desk a user of its own with {least} and nothing more"
        return Check(name="groups", outcome="warn", found=found, fix=fix)
    worn = [group for group in (*SERVICE_GROUPS, *FURTHER_GROUPS.values()) if holds(transport, group)]
    missing = [group.called(version) for group in SERVICE_GROUPS if group not in worn]
    named = ", ".join(group.called(version) for group in worn) or "none that the desk knows"
    if missing:
        fix = f"in Odoo, Settings, Users: give the desk's user {' and '.join(missing)}"
        return Check(name="groups", outcome="warn", found=f"{named}; not in {', '.join(missing)}", fix=fix)
    return Check(name="groups", outcome="ok", found=f"no administrator; {named}")


def address_check(transport: Transport) -> Check:
    """Whether the desk's user has an e-mail address, where Odoo wants one of whoever writes a note; it is not read."""
    without = Call(
        model="res.users", method="search_count", args=([["id", "=", transport.uid], ["email", "=", False]],)
    )
    if transport.execute(without) == 0:
        return Check(name="address", outcome="ok", found="the desk's user has an e-mail address")
    found = "the desk's user has no e-mail address: this Odoo lets it write no note (mail.note, sale.hold)"
    return Check(name="address", outcome="fail", found=found, fix="in Odoo, Settings, Users: give it one")


def holds(transport: Transport, group: Group) -> bool:
    """Whether the desk's user is in a group."""
    asked = Call(model="res.users", method="has_group", args=([transport.uid], group.xmlid))
    return transport.execute(asked) is True
