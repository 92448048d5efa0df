"""What a distributor wrote down before a scenario begins: its policy, what a warehouse holds tighter, its terms."""

import re
from collections.abc import Mapping
from pathlib import Path

from pydantic import Field

from agents.terms import TermsBook
from agents.terms_loading import NAME
from desk.desk import read_policy, read_terms
from domain.errors import Misuse
from domain.values import Value
from guardrails.loading import DEFAULT_POLICY
from guardrails.policy import Policy


class House(Value):
    """Files as TOML text, in which ``$NTH`` stands for the id of what is called that; an empty one is as usual."""

    policy: str = ""
    terms: str = ""
    local: dict[str, str] = Field(default_factory=dict)
    """What is held tighter by a warehouse, by its code, or by the ``company`` as a whole."""

    notify: bool = False
    """Whether people are told of requests in Odoo, as the policy says: mostly a scenario is not about that."""

    def opened(self, folder: Path, ids: Mapping[str, int]) -> tuple[Policy, TermsBook]:
        """The policy and the terms, read from files in this folder as a desk reads them."""
        policy, terms = folder / "policy.toml", folder / NAME
        policy.write_text(filled(self.policy, ids) or DEFAULT_POLICY.read_text(encoding="utf-8"), encoding="utf-8")
        for place, text in self.local.items():
            file = folder / str(ids["company"]) / (f"{place}.toml" if place == "company" else f"{_id(place, ids)}.toml")
            file.parent.mkdir(exist_ok=True)
            file.write_text(filled(text, ids), encoding="utf-8")
        if self.terms:
            terms.write_text(filled(self.terms, ids), encoding="utf-8")
        known = read_policy(policy)
        return known if self.notify else untold(known), read_terms(terms if self.terms else None)


USUAL = House()
"""Nothing of its own."""


def untold(policy: Policy) -> Policy:
    """The policy of a house where people look into the inbox by themselves."""
    return policy.but(roles={name: role.but(notify=()) for name, role in policy.roles.items()})


def filled(text: str, ids: Mapping[str, int]) -> str:
    """The text with ids for names."""
    return re.sub(r"\$(\w+)", lambda found: str(_id(found[1], ids)), text).strip()


def _id(name: str, ids: Mapping[str, int]) -> int:
    if name not in ids:
        raise Misuse(f"${name} names nothing; there is {', '.join(sorted(ids))}")
    return ids[name]
