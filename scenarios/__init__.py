"""Practice ground of the desk: a sandbox Odoo, worlds to put in it, and suites that are replayed on it."""
