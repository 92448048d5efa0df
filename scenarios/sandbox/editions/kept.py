"""What the sandbox keeps of each model: under Odoo 18's names always, with what else the version that it plays has."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from scenarios.sandbox.editions.words import WORDS, Words
from scenarios.sandbox.fields import DELEGATES, Field, Model, definitions

NATIVE = 18
"""The version whose names everything is kept under."""


@cache
def models(version: int = NATIVE) -> Mapping[str, Model]:
    """Every model that an Odoo of that version is made of here."""
    if version == NATIVE:
        return definitions(NATIVE)
    return _merged(definitions(NATIVE), definitions(version), WORDS[version])


def _merged(kept: Mapping[str, Model], told: Mapping[str, Model], words: Words) -> Mapping[str, Model]:
    """The models that are kept, with the fields that only the other version has; what it lacks is not insisted on."""
    called = {words.models.get(name, name): name for name in told}
    names = dict.fromkeys([*kept, *called])
    return {name: _joined(name, kept.get(name), told.get(called.get(name, "")), words) for name in names}


def _joined(name: str, kept: Model | None, told: Model | None, words: Words) -> Model:
    known = dict(kept.fields) if kept is not None else {}
    if told is None:
        return Model(name=name, label=kept.label if kept else name, fields=known, delegate=DELEGATES.get(name))
    theirs = {words.fields.get((told.name, key), key): each for key, each in told.fields.items()}
    fields = {key: _relaxed(each, theirs.get(key)) for key, each in known.items()}
    fields |= {key: _kept(key, each, words) for key, each in theirs.items() if key not in known}
    return Model(
        name=name,
        label=kept.label if kept is not None else told.label,
        fields=fields,
        delegate=DELEGATES.get(name),
        per_company=frozenset(f.name for f in fields.values() if f.company_dependent and f.stored),
    )


def _relaxed(ours: Field, theirs: Field | None) -> Field:
    """The field as it is kept, required and chosen from as the version has it."""
    if theirs is None:
        return replace(ours, required=False)
    selection = theirs.selection or ours.selection
    return replace(ours, required=theirs.required, searchable=theirs.searchable, selection=selection)


def _kept(name: str, theirs: Field, words: Words) -> Field:
    return replace(theirs, name=name, relation=words.models.get(theirs.relation, theirs.relation))
