"""Every model and field that the sandbox has is described as the recorded Odoo of that version described it."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from domain.clock import SystemClock
from scenarios.sandbox import fields
from scenarios.sandbox.editions.kept import models
from scenarios.sandbox.editions.words import WORDS
from scenarios.sandbox.engine import Engine
from scenarios.sandbox.fields import definitions
from scenarios.sandbox.people.access import ROOT

VERSIONS = (18, 19)
SAID = ["type", "required", "readonly", "store", "relation", "company_dependent"]


def recorded(version: int) -> dict[str, dict[str, Any]]:
    packed = Path(fields.__file__).with_name("contract") / f"fields{version}.json.gz"
    found: dict[str, dict[str, Any]] = json.loads(gzip.decompress(packed.read_bytes()))
    return found


@pytest.mark.parametrize("version", VERSIONS)
def test_fields_get_says_what_was_recorded(version: int) -> None:
    engine = Engine(SystemClock(), version=version)
    differing = []

    for model, known in recorded(version).items():
        told = engine.execute_kw(ROOT, None, model, "fields_get", [[], SAID])
        for name, (kind, flags, *rest) in known.items():
            expected = {"type": kind, "required": "r" in flags, "readonly": "o" in flags, "store": "s" in flags}
            expected |= {"company_dependent": "c" in flags} | ({"relation": rest[0]} if rest and rest[0] else {})
            differing += [f"{model}.{name}"] if told.pop(name) != expected else []
        differing += [f"{model}.{name} is too much" for name in told]

    assert differing == []


def test_every_field_of_odoo_19_is_kept_as_what_it_is() -> None:
    kept, words = models(19), WORDS[19]
    wrong = []

    for model, described in definitions(19).items():
        own = kept[words.models.get(model, model)].fields
        for name, field in described.fields.items():
            found = own.get(words.fields.get((model, name), name))
            relation = words.models.get(field.relation, field.relation)
            if found is None or found.relation != relation or not alike(found.type, field.type):
                wrong.append(f"{model}.{name}")

    assert wrong == []


def alike(one: str, other: str) -> bool:
    """Texts of any kind are kept alike."""
    texts = {"char", "text", "html", "json"}
    return one == other or {one, other} <= texts


def test_every_name_in_the_table_of_words_is_one_of_its_version() -> None:
    known, native = definitions(19), definitions(18)
    words = WORDS[19]

    strange = [f"{model}.{name}" for model, name in words.fields if name not in known[model].fields]
    strange += [f"{m} is kept nowhere" for m in words.models.values() if m not in native]
    strange += [f"{m} is there" for m in words.gone_models if m in known]
    strange += [f"{m} was never there" for m in words.gone_models if m not in native]
    unkept = [kept for (m, _), kept in words.fields.items() if kept not in native[words.models.get(m, m)].fields]

    assert (strange, unkept) == ([], [])
