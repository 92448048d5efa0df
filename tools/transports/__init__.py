"""The ways to an Odoo: by JSON-RPC or by its own ``/json/2``, and what its answers mean."""
