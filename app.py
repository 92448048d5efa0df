"""Exception Desk for Odoo: finds what goes wrong at a distributor, fixes what policy allows, asks for the rest."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path

INSTALLED = Path(__file__).resolve().parent / ".venv"

if __name__ == "__main__":
    if all(map(find_spec, ("typer", "pydantic", "langgraph"))):
        from inbox.terminal.main import main

        main()
    elif (INSTALLED / "bin" / "python").exists() and Path(sys.prefix).resolve() != INSTALLED:
        os.execv(INSTALLED / "bin" / "python", ["python", *sys.argv])
    else:
        sys.exit("error: the desk is not installed yet; run `make install` (or `make demo`) first")
