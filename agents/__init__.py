"""Judgement per kind of exception: what is wrong, what could be done about it, and what should be."""
