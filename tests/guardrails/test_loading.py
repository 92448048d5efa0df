"""A policy file is read whole or not at all, and says what is wrong with it by line."""

import os
from pathlib import Path

import pytest

from guardrails.errors import PolicyError, Problem
from guardrails.loading import DEFAULT_POLICY, load, read
from guardrails.patterns import names
from tests.guardrails.builders import BASE, CATALOGUE, KNOWN, SMALL, default, policy_of

START = BASE.count("\n") + 1
"""The first line after BASE."""


def problems(folder: Path, text: str) -> dict[int | None, str]:
    file = folder / "test.toml"
    file.write_text(text, encoding="utf-8")
    found: dict[int | None, str] = {}
    for problem in read(file, CATALOGUE).problems:
        found[problem.line] = "; ".join(filter(None, (found.get(problem.line), str(problem))))
    return found


def swapped(was: str, becomes: str) -> str:
    assert was in BASE
    return BASE.replace(was, becomes)


def line_of(text: str) -> int:
    return BASE[: BASE.index(text)].count("\n") + 1


def test_the_default_policy_has_nothing_wrong_with_it() -> None:
    assert read(DEFAULT_POLICY, KNOWN).problems == ()


def test_every_known_action_is_named_in_a_scope_of_the_default_policy() -> None:
    scoped = [pattern for patterns in default().scopes.values() for pattern in patterns]

    unscoped = [name for name in CATALOGUE if "." in name and not names(scoped, name)]

    assert unscoped == []


def test_every_role_a_rule_asks_may_approve_up_to_its_bounds_in_the_default_policy() -> None:
    policy = default()
    asked = [rule for rule in policy.rules if rule.then == "ask"]

    wrong = [
        rule.name
        for rule in asked
        for amount in rule.max_amount
        if not policy.roles[rule.role or policy.default_role].may_approve(amount, rule.actions)
    ]

    assert asked
    assert wrong == []


def test_several_mistakes_are_told_at_once_each_with_its_line(tmp_path: Path) -> None:
    text = BASE + (
        "[[rule]]\n"
        'name = "a"\n'
        'actions = ["stock.transfr"]\n'
        'max_amonut = "5 GBP"\n'
        'then = "alow"\n'
        "[[rule]]\n"
        'name = "a"\n'
        'actions = ["mail.*"]\n'
        'max_amount = "-5 GBP"\n'
        'then = "ask"\n'
        'role = "boss"\n'
    )

    found = problems(tmp_path, text)

    assert "no action is called 'stock.transfr'; known are mail.activity" in found[START + 2]
    assert found[START + 3] == "rule[0].max_amonut: unknown key `max_amonut`; did you mean `max_amount`?"
    assert "expected 'allow', 'ask' or 'refuse', found 'alow'" in found[START + 4]
    assert f"'a' is taken by the rule in line {START + 1}" in found[START + 6]
    assert "cannot be negative" in found[START + 8]
    assert "no role is called 'boss'; [roles] defines buyer, lead, manager" in found[START + 10]


def test_a_missing_key_is_told_where_its_table_begins(tmp_path: Path) -> None:
    found = problems(tmp_path, BASE + '[[rule]]\nname = "a"\nactions = ["mail.*"]\n')

    assert found == {START: "rule[0].then: `then` is missing"}


@pytest.mark.parametrize(
    ("was", "becomes", "line", "says"),
    [
        ("version = 1", "version = 2", "version", "expected 1, found 2"),
        ("version = 1", "versoin = 1", "version", "did you mean `version`?"),
        ("version = 1", "version = 1\nzzz = 1", "default_role", "known here are autonomy"),
        ('"manager"\n', '"boss"\n', "default_role", "no role is called 'boss'"),
        ('["stock.group_stock_manager"]', "[]", "groups", "may not be empty"),
        ('["stock.group_stock_manager"]', '["Stock Manager"]', "groups", "found 'Stock Manager'"),
        ('"5000 GBP"', "5000", "limits", 'expected an amount such as "500 GBP", found 5000'),
        ('stockout = "auto"', 'stokout = "auto"', "stockout =", "no exception kind is called 'stokout'"),
        ('stockout = "auto"', 'stockout = "full"', "stockout =", "found 'full'"),
        ('["stock.*"]', '["stock *"]', "actions", "found 'stock *'"),
        ('["stock.*"]', "[1]", "actions", 'expected text in quotes such as "one", found 1'),
        ('["stock.*"]', '"Y"', "actions", 'expected a list such as ["one", "two"], found \'Y\''),
    ],
)
def test_each_mistake_has_its_line_and_its_sentence(
    tmp_path: Path, was: str, becomes: str, line: str, says: str
) -> None:
    text = BASE.replace(was, becomes, 1)

    assert says in problems(tmp_path, text)[line_of(line)]


@pytest.mark.parametrize("key", ["file", "lines", "rules", "limits"])
def test_a_file_cannot_set_what_only_the_reader_knows(tmp_path: Path, key: str) -> None:
    assert "unknown key" in problems(tmp_path, f"{key} = []\n{BASE}")[1]


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ('[[limit]]\nname = "a"\nper = "vendor"\nwindow = "1d"\nthen = "ask"', "a limit needs max_amount"),
        ('[[limit]]\nname = "a"\nper = "vendor"\nwindow = "1d"\nmax_quantity = 2\nthen = "ask"', "only per product"),
        (
            '[[limit]]\nname = "a"\nper = "vendor"\nwindow = "1d"\nmax_count = 2\nthen = "refuse"\nrole = "buyer"',
            "role is for limits that ask",
        ),
        ('[[rule]]\nname = "a"\nactions = ["mail.*"]\nmax_days = 2\nthen = "refuse"', "a refusal cannot have bounds"),
        ('[[rule]]\nname = "a"\nactions = ["mail.*"]\nthen = "allow"\nrole = "buyer"', "role is for rules that ask"),
        ("[rollback]\nallow_within_hours = 4", "go together: name both or neither"),
        ('[rollback]\nthen = "refuse"\nrole = "buyer"', "role is for asking"),
    ],
)
def test_a_section_that_contradicts_itself_is_told_at_its_header(tmp_path: Path, entry: str, says: str) -> None:
    assert says in problems(tmp_path, f"{BASE}{entry}\n")[START]


@pytest.mark.parametrize("window", ["0d", "1w", "d", "1.5d"])
def test_a_window_is_a_number_of_hours_or_days(tmp_path: Path, window: str) -> None:
    limit = f'[[limit]]\nname = "a"\nper = "vendor"\nmax_count = 1\nthen = "ask"\nwindow = "{window}"\n'

    assert f"found '{window}'" in problems(tmp_path, BASE + limit)[START + 5]


def test_a_rule_that_can_never_match_is_a_warning_and_the_policy_still_loads(tmp_path: Path) -> None:
    text = (
        BASE + SMALL + SMALL.replace('"small"', '"smaller"').replace("500", "400").replace("stock.*", "stock.transfer")
    )

    found = problems(tmp_path, text)
    policy = policy_of(tmp_path, text)

    assert "smaller can never match: small (test.toml" in found[START + SMALL.count("\n")]
    assert len(policy.rules) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ('max_amount = "500 GBP"', 'max_amount = "501 GBP"'),
        ('max_amount = "500 GBP"', 'max_amount = "500 EUR"'),
        ('max_amount = "500 GBP"', ""),
        ("max_quantity = 5", "max_quantity = 6"),
        ("max_days = 5", ""),
        ("min_confidence = 0.6", "min_confidence = 0.5"),
        ("min_confidence = 0.6", ""),
        ("companies = [1]", "companies = [1, 2]"),
        ("warehouses = [1]", ""),
        ('risk = ["note"]', 'risk = ["reversible"]'),
    ],
)
def test_a_rule_that_reaches_further_than_the_one_before_is_no_warning(tmp_path: Path, first: str, second: str) -> None:
    rule = '[[rule]]\nname = "{}"\nactions = ["stock.*"]\nthen = "allow"\n{}\n'

    assert problems(tmp_path, BASE + rule.format("one", first) + rule.format("two", second)) == {}


def test_a_rule_that_would_let_the_larger_step_pass_is_an_error(tmp_path: Path) -> None:
    held = SMALL.replace('"small"', '"held"').replace('"allow"', '"ask"')
    loose = '[[rule]]\nname = "loose"\nactions = ["stock.transfer"]\nthen = "allow"\n'

    found = problems(tmp_path, BASE + held + loose)

    assert "the larger step would pass more easily" in found[START + held.count("\n")]
    with pytest.raises(PolicyError, match="loose would allow what is out of bounds of held"):
        load(tmp_path / "test.toml", CATALOGUE)


@pytest.mark.parametrize(("then", "told"), [("allow", {}), ("ask", {START + 5: "can never match"})])
def test_a_rule_that_allows_between_its_warehouses_leaves_transfers_to_elsewhere(
    tmp_path: Path, then: str, told: dict[int, str]
) -> None:
    rule = '[[rule]]\nname = "{}"\nactions = ["stock.*"]\nwarehouses = [3]\nthen = "{}"\n'

    found = problems(tmp_path, BASE + rule.format("first", then) + rule.format("later", "refuse"))

    assert found.keys() == told.keys()
    assert all(words in str(found[line]) for line, words in told.items())


def test_rules_for_different_companies_do_not_loosen_each_other(tmp_path: Path) -> None:
    held = SMALL.replace('"small"', '"held"').replace('"allow"', '"ask"') + "companies = [1]\n"
    other = '[[rule]]\nname = "other"\nactions = ["stock.*"]\nthen = "allow"\ncompanies = [2]\n'

    assert problems(tmp_path, BASE + held + other) == {}


def test_a_kind_without_autonomy_or_scope_is_a_warning(tmp_path: Path) -> None:
    text = swapped('stockout = "auto"', "").replace('stockout = ["stock.transfer", ', '# ["')

    found = problems(tmp_path, text)

    assert "every plan will be asked" in found[line_of("[autonomy]")]
    assert "every action is refused" in found[line_of("[scopes]")]


def test_bad_toml_is_told_with_its_line(tmp_path: Path) -> None:
    assert problems(tmp_path, "version = 1\n[roles\n")[2].startswith("not good TOML:")
    assert problems(tmp_path, 'version = 1\nname = """\n')[3].startswith("not good TOML: Unterminated")


def test_a_file_that_is_not_text_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "test.toml"
    file.write_bytes(b"version = 1\nname = '\xff'\n")

    assert read(file, CATALOGUE).problems == (
        Problem(line=2, path="", message="the file is not UTF-8 text; save it as UTF-8"),
    )


@pytest.mark.parametrize("name", ["missing.toml", "."])
def test_a_file_that_cannot_be_read_is_told_by_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(PolicyError, match="the file cannot be read") as told:
        load(tmp_path / name, CATALOGUE)

    assert told.value.problems[0].line is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[expiry]\nrequest_hours = " + "9" * 5000, "a number in it has more digits than can be read"),
        ("x = " + "[" * 3000 + "]" * 3000, "its values are nested too deeply"),
        ("x" + ".a" * 3000 + " = 1", "its values are nested too deeply"),
        ("#" * 256 * 1024 + "\n", "the file is longer than 256 kB"),
    ],
    ids=["digits", "lists", "keys", "length"],
)
def test_what_nobody_means_is_told_by_file(tmp_path: Path, text: str, says: str) -> None:
    assert says in problems(tmp_path, text)[None]


def test_a_file_that_never_ends_is_not_waited_for(tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    os.mkfifo(file)

    with pytest.raises(PolicyError, match="it is no plain file"):
        load(file, CATALOGUE)


def test_every_error_names_file_and_line(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match=rf"^test\.toml:{START + 4}: rule\[0\]\.then: expected"):
        policy_of(tmp_path, BASE + SMALL.replace('"allow"', '"yes"'))


def test_line_ends_of_another_system_do_not_move_the_lines(tmp_path: Path) -> None:
    file = tmp_path / "test.toml"
    file.write_bytes((BASE + "nonsense = 1\n").replace("\n", "\r\n").encode())

    assert [problem.line for problem in read(file, CATALOGUE).problems] == [START]


def test_the_digest_is_over_what_the_policy_says_and_not_how(tmp_path: Path) -> None:
    plain = policy_of(tmp_path, BASE + SMALL)
    commented = policy_of(tmp_path, "# words\n" + BASE + "\n\n" + SMALL)
    changed = policy_of(tmp_path, BASE + SMALL.replace("500", "501"))

    assert plain.digest == commented.digest
    assert plain.digest != changed.digest


def test_the_groups_of_each_role_are_told() -> None:
    assert default().role_groups()["buyer"] == ("purchase.group_purchase_user",)


def test_a_digest_that_was_asked_for_belongs_to_its_own_policy_only() -> None:
    policy = load(DEFAULT_POLICY, KNOWN)
    asked = policy.digest

    changed = policy.but(limits=())

    assert policy == load(DEFAULT_POLICY, KNOWN)
    assert policy.digest == asked != changed.digest
    assert policy.plain() == load(DEFAULT_POLICY, KNOWN).plain()
