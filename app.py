"""Exception Desk for Odoo: finds what goes wrong at a distributor, fixes what policy allows, asks for the rest."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

INSTALLED = Path(__file__).resolve().parent / ".venv"
PYTHON = str(INSTALLED / "bin" / "python")

if __name__ == "__main__":
    if all(map(find_spec, ("typer", "pydantic", "langgraph"))):
        from inbox.terminal.main import main

        main()
    elif Path(PYTHON).exists() and Path(sys.prefix).resolve() != INSTALLED:
        # the whole path as its name: a Python finds its packages by the name it was called by
        os.execv(PYTHON, [PYTHON, *sys.argv])  # noqa: S606 - there is no shell to need
    else:
        sys.exit("error: the desk is not installed yet; run `make install` (or `make demo`) first")
