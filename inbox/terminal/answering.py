"""How every verb answers: exit code 0 done, 1 refused or failed, 2 bad usage; a sentence, never a traceback."""

import functools
import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec

import typer

from domain.errors import DeskError, Misuse
from inbox.terminal.showing import clean, emit

if TYPE_CHECKING:
    from domain.refusals import Refusal

DONE, FAILED, BAD_USAGE, INTERRUPTED = 0, 1, 2, 130

STOPPED = (
    "stopped. What was begun in Odoo is written down: the next scan, or serve, looks after it and goes on; "
    "see where things stand: python app.py inbox"
)

P = ParamSpec("P")


def answered(verb: "Callable[P, Refusal | int | None]") -> Callable[P, None]:
    """The verb with everything that a user can cause turned into a sentence on stderr and an exit code."""

    # typer evaluates every annotation, and what a verb answers would cost the import of pydantic on each --help
    verb.__annotations__.pop("return", None)

    @functools.wraps(verb)
    def answer(*args: P.args, **kwargs: P.kwargs) -> None:
        as_json = bool(kwargs.get("as_json"))
        try:
            code = _code(verb(*args, **kwargs), as_json)
            sys.stdout.flush()  # a page that cannot be written is a failure of this verb, not of the interpreter's end
        except (typer.Exit, typer.BadParameter):
            raise
        except (KeyboardInterrupt, typer.Abort):
            sys.stderr.write(f"{STOPPED}\n")
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            _nobody_reads()
            raise typer.Exit(DONE) from None
        except DeskError as error:
            raise typer.Exit(
                complain(type(error).__name__, str(error), BAD_USAGE if isinstance(error, Misuse) else FAILED, as_json)
            ) from None
        except OSError as error:
            raise typer.Exit(complain("OSError", _in_words(error), FAILED, as_json)) from None
        except Exception as error:  # noqa: BLE001 - the last answer: whatever is left is a defect of ours
            raise typer.Exit(complain("Defect", _logged(error, kwargs.get("home")), FAILED, as_json)) from None
        if code:
            raise typer.Exit(code)

    return answer


def _code(outcome: "Refusal | int | None", as_json: bool) -> int:
    """A verb's answer as an exit code; a refusal is told."""
    if isinstance(outcome, int):
        return outcome
    return complain("Refusal", outcome.reason, FAILED, as_json, guard=outcome.guard) if outcome else DONE


def complain(kind: str, message: str, code: int, as_json: bool, **more: str) -> int:
    """Say what went wrong on stderr, to a program on stdout too; gives the exit code back."""
    shown = "\n".join(clean(line) for line in message.splitlines())
    sys.stderr.write(f"{'refused' if kind == 'Refusal' else 'error'}: {shown}\n")
    try:
        if as_json:
            emit({"error": {"type": kind, "message": message, **more}})
        sys.stdout.flush()
    except OSError:
        _nobody_reads()
    return code


def _in_words(error: OSError) -> str:
    what = f"{error.filename}: " if error.filename else ""
    return f"{what}{(error.strerror or str(error)).lower()}; check that the file or folder is there and may be used"


def _nobody_reads() -> None:
    """Whoever read our output has left, or there is no room for it: write the rest to nowhere, and end in peace."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _logged(error: Exception, home: object) -> str:
    """Keep the traceback of a defect in a file, and say where."""
    story = "".join(traceback.format_exception(error))
    name = f"error-{datetime.now(UTC):%Y%m%dT%H%M%S}.log"
    for folder in (_home(home), Path(tempfile.gettempdir())):
        try:
            place = folder / name
            place.touch(mode=0o600)
            place.write_text(story, encoding="utf-8")
        except OSError:
            continue
        return f"this is a defect of the desk ({type(error).__name__}); please report it with {place}"
    return f"this is a defect of the desk ({type(error).__name__}), and its story could be written nowhere"


def _home(given: object) -> Path:
    return given if isinstance(given, Path) else Path(os.environ.get("DESK_HOME", ".desk"))
