"""Replay scenarios on the sandbox engine in process, and judge them by how everything stands at the end."""

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from domain.errors import Misuse
from domain.values import Value
from guardrails.errors import PolicyError
from scenarios.cast import Cast
from scenarios.judging import judge
from scenarios.playing import happen
from scenarios.script import Script, collect, load
from scenarios.stage import stage


class Outcome(Value):
    """How one scenario went."""

    title: str
    path: str
    passed: bool
    failures: tuple[str, ...]
    seconds: float


def run_suite(paths: Sequence[Path], progress: Callable[[str, int, int], None] = lambda *_: None) -> list[Outcome]:
    """Replay every scenario among some files and folders; raises Misuse for what is no scenario."""
    files = collect(list(paths))
    scripts = [(path, load(path)) for path in files]
    outcomes = []
    for done, (path, script) in enumerate(scripts):
        progress(script.title, done, len(scripts))
        outcomes.append(run_one(path, script))
    return outcomes


def run_one(path: Path, script: Script) -> Outcome:
    """Replay one scenario; raises Misuse, naming the file, where it makes no sense."""
    started = time.perf_counter()
    try:
        failures = tuple(play(script))
    except (Misuse, PolicyError) as wrong:
        raise Misuse(f"{path}: {wrong}") from wrong
    return Outcome(
        title=script.title,
        path=str(path),
        passed=not failures,
        failures=failures,
        seconds=round(time.perf_counter() - started, 3),
    )


def play(script: Script) -> Iterable[str]:
    """Set the stage, let everything happen in order, and say what is not as it should be."""
    with stage(script.at, house=script.house) as scene:
        cast = Cast(scene)
        failures = [failure for event in script.given + script.when for failure in happen(cast, event)]
        return failures + judge(script, cast)
