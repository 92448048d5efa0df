"""What the desk says to a question about a case: by rules, from its own rows only, each sentence with where it is from.

A question is never quoted in an answer and nothing a person wrote is: an answer is journalled in clear.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Set
from typing import NamedTuple

from desk.dossiers import Dossier, Weighed
from desk.telling import (
    tell_choice,
    tell_confidence,
    tell_deeds,
    tell_facts,
    tell_money,
    tell_option,
    tell_options,
    tell_policy,
    tell_requests,
    tell_rollback,
    tell_time,
)

MOST_OPTIONS = 4
"""Options that one answer tells of; a word that more of them share names none."""

WORD = re.compile(r"[^\W_]+")

EMPTY = frozenset(
    WORD.findall(
        "a about all an and any are ask be by can could did do does for from has have how i if in is it its me more "
        "no not of on or order out per please should so than that the then there this to units was we were what when "
        "where which who why will with would you your"
    )
)
"""Words that name nothing."""


class Topic(NamedTuple):
    """Something that can be asked."""

    asked_as: str
    """How it is offered to somebody whose question names nothing."""
    words: Set[str]
    tell: Callable[[Dossier], Iterable[str]]


def topic(asked_as: str, words: str, tell: Callable[[Dossier], Iterable[str]]) -> Topic:
    return Topic(asked_as, frozenset(words.split()), tell)


TOPICS = (
    topic("who decides", "who whom approve approves decide decides decision request requests waiting", tell_requests),
    topic("policy", "policy rule rules limit limits allowed threshold otherwise gate four eyes", tell_policy),
    topic("money", "money cost costs price expensive much risk save saves worth margin revenue value", tell_money),
    topic("how sure", "sure certain certainty confidence confident likely reliable trust", tell_confidence),
    topic("when", "when deadline until date day late soon expire expires expiry", tell_time),
    topic("rollback", "rollback undo undone revert back reverse reversible compensate", tell_rollback),
    topic("what was done", "done did happened history effects effect status odoo", tell_deeds),
    topic("options", "option options alternative alternatives else instead choices possible other", tell_options),
    topic("facts", "fact facts know known evidence data sources numbers", tell_facts),
    topic("why", "why reason chosen choose chose plan because", tell_choice),
)
"""The last one answers a bare why; an option that is named answers it better."""


def reply(sheet: Dossier, question: str) -> str:
    """The desk's answer, one sentence a line; where it cannot tell what is meant it says so and what can be asked."""
    words = frozenset(spoken(question))
    lines = tuple(answers(sheet, words))
    return "\n".join(lines) if lines else unsure(sheet)


def answers(sheet: Dossier, words: Set[str]) -> Iterator[str]:
    """Options and facts that the question names, then its topics."""
    options, facts = named_options(sheet, words), named_facts(sheet, words)
    for option in options:
        yield from tell_option(option)
    if facts:
        yield from tell_facts(sheet, facts)
    asked = [one for one in TOPICS if one.words & words]
    bare = [one for one in asked if one is not TOPICS[-1]]
    for one in bare if options or facts else bare or asked:
        yield from one.tell(sheet)


def spoken(text: str) -> list[str]:
    """The words of a text, without regard to capitals."""
    return [word.casefold() for word in WORD.findall(text)]


def named_options(sheet: Dossier, words: Set[str]) -> tuple[Weighed, ...]:
    """The options of which the question uses a telling word: one that neither all of them nor the case itself have."""
    of_case = frozenset(spoken(sheet.case.title)) | EMPTY
    said = {one.name: frozenset(spoken(f"{one.name} {one.title}")) for one in sheet.options}
    common = frozenset.intersection(*said.values()) if len(said) > 1 else frozenset[str]()
    meant = words - of_case - common
    hits = {one.name: len(said[one.name] & meant) for one in sheet.options}
    most = max(hits.values(), default=0)
    found = tuple(one for one in sheet.options if most and hits[one.name] == most)
    return found if len(found) <= MOST_OPTIONS else ()


def named_facts(sheet: Dossier, words: Set[str]) -> tuple[str, ...]:
    """The names of the facts that the question names by a word of theirs."""
    of_case = frozenset(spoken(sheet.case.title)) | EMPTY
    topics = frozenset[str]().union(*(one.words for one in TOPICS))
    meant = words - of_case - topics
    return tuple(fact.name for fact in sheet.facts if meant & frozenset(spoken(fact.name)))


def unsure(sheet: Dossier) -> str:
    """That the question names nothing the desk knows of this case, and what would."""
    names = ", ".join(one.name for one in sheet.options)
    told = [f"an option by its name or a word of its title ({names})"] if names else []
    facts = ", ".join(fact.name for fact in sheet.facts)
    told += [f"a fact ({facts})"] if facts else []
    told.append(", ".join(one.asked_as for one in TOPICS))
    return "\n".join(
        ["I cannot tell from the question what is meant, and I do not guess. I can be asked about:"]
        + [f"- {one}" for one in told]
        + ["A colleague can be asked with --to LOGIN."]
    )
