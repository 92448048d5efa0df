"""Distributors to work on: a small one for tests, the demo one with known exceptions, a big one for measuring."""
