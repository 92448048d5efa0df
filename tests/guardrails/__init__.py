"""Policy, gate, limits and who may decide."""
