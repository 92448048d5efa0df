"""``python -m tests.contract.recorded``: what share of the recorded calls the sandbox answers as Odoo did.

With ``DESK_CAPTURES=/path/to/19/calls.jsonl`` it is another recording that is tried; its version is that of its folder,
or ``DESK_CAPTURES_VERSION``. With ``--blind`` the known recordings are tried as if they were unknown.
"""

import os
import re
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from tests.contract.recorded.captures import VERSIONS, Captured, captures, read
from tests.contract.recorded.choosing import nameless
from tests.contract.recorded.concern import Concern, concern
from tests.contract.recorded.outcomes import told
from tests.contract.recorded.report import at_once, by_model, rest, summary
from tests.contract.recorded.trying import Verdict, bench, verdicts


def main() -> None:
    brought = os.environ.get("DESK_CAPTURES")
    if brought:
        path = Path(brought)
        version = version_of(path, os.environ.get("DESK_CAPTURES_VERSION"))
        _print(f"{path}, Odoo {version}", unknown(read(path, version), version))
        return
    for version in VERSIONS:
        if "--blind" in sys.argv:
            found = blind(version)
            _print(f"Odoo {version}, as if its lines were unknown", found)
            sys.stdout.write(f"{at_once(found)}\n")
        else:
            _print(f"Odoo {version}", verdicts(captures(version), version))


def version_of(path: Path, given: str | None) -> int:
    """The version that was given, else the nearest folder that is called after one."""
    found = given or next((part for part in reversed(path.parts) if re.fullmatch(r"1[789]", part)), "18")
    return int(found)


def unknown(lines: Mapping[str, Captured], version: int) -> list[Verdict]:
    """What comes of a recording that nobody here has seen."""
    with bench(version) as on:
        return [on.chosen(line) for line in lines.values()]


def blind(version: int, concerns: Collection[Concern] = tuple(Concern)) -> list[Verdict]:
    """The known lines, each with its name hidden from everything that chooses its state."""
    lines = {name: told(line) for name, line in captures(version).items()}
    with bench(version) as on:
        ours = {name: line for name, line in lines.items() if concern(line) in concerns}
        return [on.chosen(nameless(line), hidden=name) for name, line in ours.items()]


def _print(title: str, found: Sequence[Verdict]) -> None:
    for line in (*summary(title, found), *by_model(found), *rest(found)):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
