"""The only door to Odoo: transport, gateway, named reads, and one action per file."""
