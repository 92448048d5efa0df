"""Tests of the judgement per kind of exception."""
