"""Exception Desk for Odoo: finds what goes wrong at a distributor, fixes what policy allows, asks for the rest."""

from inbox.terminal.main import main

if __name__ == "__main__":
    main()
