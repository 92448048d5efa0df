"""How the sandbox finds records."""
