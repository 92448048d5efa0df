"""Scenario outcomes as JUnit XML, for whatever shows test results."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, ElementTree, SubElement

from scenarios.replay import Outcome


def junit(outcomes: Sequence[Outcome]) -> "ElementTree[Element]":
    """One test case a scenario, its failures as text."""
    failed = sum(not outcome.passed for outcome in outcomes)
    suite = Element("testsuite", name="scenarios", tests=str(len(outcomes)), failures=str(failed), errors="0")
    for outcome in outcomes:
        case = SubElement(suite, "testcase", name=outcome.title, classname=outcome.path, time=f"{outcome.seconds:.3f}")
        if not outcome.passed:
            SubElement(case, "failure", message=outcome.failures[0]).text = "\n".join(outcome.failures)
    return ElementTree(suite)
