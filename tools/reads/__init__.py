"""Named questions to Odoo, one file a subject; each answers with typed rows and asks once a page."""
