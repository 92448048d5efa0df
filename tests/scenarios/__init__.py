"""The practice ground, tested."""
