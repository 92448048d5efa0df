"""What to type after the demo: real commands with real ids, the first of each sort."""

import shlex
from collections.abc import Iterator

from domain.values import SHORT
from inbox.terminal.demo_run import Asked, Shown

RUN = "python app.py"


def commands(shown: Shown, suffix: str) -> Iterator[str]:
    """Each on a line of its own; the suffix makes it work on the same home."""
    for words in (*looking(shown), *deciding(shown), *handling(shown), *checking()):
        yield f"{words}{suffix}"


def looking(shown: Shown) -> Iterator[str]:
    """Read first."""
    yield f"{RUN} inbox"
    yield f"{RUN} cases --kind notice"
    for case in [one.request.case for one in shown.together[:1]] or [case.id for case in shown.cases[:1]]:
        yield f"{RUN} case {case}"
        yield f"{RUN} policy explain {case}"
        yield as_person(shown, "buyer", f"ask {case} --as buyer", "what does it cost, and who decides?")


def deciding(shown: Shown) -> Iterator[str]:
    """A plan that waits for two, then an approval and a rejection of others."""
    for who in both(shown.together)[:1]:
        ids = " ".join(one.request.id for one in shown.together)
        digests = " ".join(f"--digest {one.request.id}={one.request.digest[:SHORT]}" for one in shown.together)
        yield as_person(shown, who, f"approve {ids} --as {who} {digests}")
    alone = [one for one in shown.waiting if one.may_decide and one not in shown.together]
    for verb, one in zip(("approve", "reject"), alone, strict=False):
        who, digest = one.may_decide[0], f"--digest {one.request.digest[:SHORT]}"
        why = ("--reason", "not this week") if verb == "reject" else ()
        yield as_person(shown, who, f"{verb} {one.request.id} --as {who} {digest}", *why)


def both(together: tuple[Asked, ...]) -> list[str]:
    """Whoever may decide each of them."""
    return [who for one in together[:1] for who in one.may_decide if all(who in each.may_decide for each in together)]


def handling(shown: Shown) -> Iterator[str]:
    """What else people do with a case."""
    if shown.agreed:
        one = shown.agreed
        told = ("--reason", "the vendor agreed")
        yield as_person(shown, one.login, f"propose {one.case} --option {one.option} --as {one.login}", *told)
    for case in [case.id for case in shown.cases if case.state == "queued"][:1]:
        yield as_person(shown, "buyer", f"snooze {case} --days 3 --as buyer", "--reason", "the vendor calls back")
    if shown.previewed:
        case, who = shown.previewed.plan.case, shown.previewed.login
        yield as_person(shown, who, f"rollback {case} --as {who} --dry-run")


def checking() -> Iterator[str]:
    """Whether all is well."""
    yield f"{RUN} audit verify"
    yield f"{RUN} doctor"


def as_person(shown: Shown, login: str, verb: str, *words: str) -> str:
    """The command with the person's key before it, the last words as one shell word each."""
    key = next(one.user.password for one in shown.people if one.user.login == login)
    return " ".join([f"DESK_USER_KEY={key} {RUN} {verb}", *map(quoted, words)])


def quoted(word: str) -> str:
    """A word as people type it: in double quotes where it has blanks."""
    return f'"{word}"' if " " in word and shlex.split(f'"{word}"') == [word] else shlex.quote(word)
