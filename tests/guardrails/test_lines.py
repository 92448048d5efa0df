"""Every value of a policy file has a line."""

from guardrails.lines import index_lines, spelled

TEXT = """# a comment with [brackets]
version = 1
[roles.buyer]
groups = [
  "a.b",  # ]
]
limits = "1 GBP"
  [[rule]]
name = '''
[not a header]
'''
window.length = 3
[rule.inner]
deep = { low = 1, high = 2 }
[[rule]]
"odd.key" = 2
"""


def test_keys_tables_and_repeated_tables_are_found() -> None:
    lines = index_lines(TEXT)

    assert lines.line(("version",)) == 2
    assert lines.line(("roles",)) == 3
    assert lines.line(("roles", "buyer")) == 3
    assert lines.line(("roles", "buyer", "limits")) == 7
    assert lines.line(("rule", 0)) == 8
    assert lines.line(("rule", 0, "name")) == 9
    assert lines.line(("rule", 0, "window", "length")) == 12
    assert lines.line(("rule", 0, "inner", "deep", "high")) == 14
    assert lines.line(("rule", 1)) == 15
    assert lines.line(("rule", 1, "odd.key")) == 16


def test_what_is_missing_stands_where_the_thing_around_it_stands() -> None:
    lines = index_lines(TEXT)

    assert lines.line(("roles", "buyer", "groups", 0)) == 4
    assert lines.line(("rule", 1, "then")) == 15
    assert lines.line(("caps",)) is None
    assert lines.line(()) is None


def test_a_list_of_many_lines_keeps_the_lines_after_it() -> None:
    lines = index_lines("vendors = [\n" + "  7,\n" * 500 + "]\nthen = 1\n")

    assert lines.line(("then",)) == 503


def test_a_value_that_seems_to_end_in_every_line_costs_the_lines_after_it_and_no_time() -> None:
    lines = index_lines("[rule]\nname = '''\n" + "]\n" * 50_000 + "'''\nthen = 1\n")

    assert lines.line(("rule", "then")) == 1


def test_a_path_is_spelled_as_a_person_would_write_it() -> None:
    assert spelled(("rule", 2, "max_amount", 0)) == "rule[2].max_amount[0]"
    assert spelled(()) == ""
