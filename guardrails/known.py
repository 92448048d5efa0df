"""The names a policy may use: actions and kinds the desk knows, roles the policy itself defines."""

from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo

from domain.catalogue import Catalogue, known_actions, known_kinds
from domain.values import Value
from guardrails.patterns import named_among


class Known(Value):
    """Handed in as validation context when a file is read; without it names are taken as they are."""

    catalogue: Catalogue
    roles: frozenset[str]


def _an_action(pattern: str, info: ValidationInfo) -> str:
    if isinstance(info.context, Known):
        actions = known_actions(info.context.catalogue)
        if not named_among([pattern], actions):
            raise ValueError(f"no action is called {pattern!r}; known are {_listed(actions)}")
    return pattern


def _a_kind(name: str, info: ValidationInfo) -> str:
    if isinstance(info.context, Known) and name not in known_kinds(info.context.catalogue):
        raise ValueError(
            f"no exception kind is called {name!r}; known are {_listed(known_kinds(info.context.catalogue))}"
        )
    return name


def _a_role(name: str, info: ValidationInfo) -> str:
    if isinstance(info.context, Known) and name not in info.context.roles:
        raise ValueError(f"no role is called {name!r}; [roles] defines {_listed(info.context.roles)}")
    return name


def _listed(names: frozenset[str]) -> str:
    return ", ".join(sorted(names)) or "none"


Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
"""Small letters, digits and hyphens."""

Pattern = Annotated[str, Field(pattern=r"^(\*|[a-z_]+\.(\*|[a-z_]+))$"), AfterValidator(_an_action)]
"""An action name, a family of them (``stock.*``), or all (``*``)."""

Kind = Annotated[str, AfterValidator(_a_kind)]
"""An exception kind: ``stockout``."""

RoleName = Annotated[str, AfterValidator(_a_role)]
"""A role that the policy defines."""
