"""An Odoo-compatible server for tests, demos and replays: the same engine in process and behind HTTP."""
