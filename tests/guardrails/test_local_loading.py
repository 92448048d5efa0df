"""A local policy that would loosen the policy above it is an error, named by file and line."""

from pathlib import Path

import pytest

from guardrails.errors import PolicyError
from guardrails.loading import load, read
from guardrails.local import LocalPolicy
from tests.guardrails.builders import BASE, CATALOGUE, written

ABOVE = (
    BASE.replace(', "mail.activity"]', "]")
    + """[four_eyes]
above = "2000 GBP"
[expiry]
request_hours = 24
[freshness]
evidence_seconds = 600
[rollback]
then = "ask"
role = "manager"
allow_within_hours = 24
allow_max_amount = "500 GBP"
[[rule]]
name = "transfer"
actions = ["stock.*"]
then = "ask"
role = "manager"
[[limit]]
name = "vendor-day"
per = "vendor"
actions = ["purchase.*"]
window = "2d"
max_amount = "4000 GBP"
max_count = 9
then = "ask"
role = "manager"
[[limit]]
name = "product-day"
per = "product"
window = "1d"
max_quantity = 50
then = "refuse"
"""
)
RULE = '[[rule]]\nname = "x"\nactions = ["stock.*"]\n'
LIMIT = '[[limit]]\nname = "vendor-day"\nper = "vendor"\n'
SAME = 'window = "2d"\nmax_amount = "4000 GBP"\nmax_count = 9\nthen = "ask"\nrole = "manager"\n'


def told(folder: Path, **locals_: str) -> list[str]:
    """Everything that is wrong, as ``place: severity: words``."""
    file = written(folder, ABOVE, {name.replace("__", "/") + ".toml": text for name, text in locals_.items()})
    return [
        f"{problem.file}:{problem.line}: {problem.severity}: {problem}" for problem in read(file, CATALOGUE).problems
    ]


TIGHTER = """version = 1
[autonomy]
stockout = "approve"
[scopes]
stockout = ["stock.transfer", "mail.note"]
[caps]
step = "1000 GBP"
[four_eyes]
above = "0 GBP"
[expiry]
request_hours = 2
[freshness]
evidence_seconds = 60
[pause]
actions = ["mail.activity"]
[rollback]
role = "manager"
[[rule]]
name = "small"
actions = ["stock.transfer"]
over_amount = "100 GBP"
then = "ask"
role = "manager"
[[limit]]
name = "vendor-day"
per = "vendor"
window = "7d"
max_amount = "400 GBP"
max_count = 9
then = "refuse"
[[limit]]
name = "mine"
per = "product"
window = "1d"
max_quantity = 500
then = "ask"
role = "lead"
"""


def test_what_is_tighter_in_every_way_has_nothing_wrong_with_it(tmp_path: Path) -> None:
    assert told(tmp_path, **{"1__company": TIGHTER, "1__3": TIGHTER, "2__3": TIGHTER}) == []


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('[autonomy]\nstockout = "full"', 3, "found 'full'"),
        (
            '[scopes]\nstockout = ["mail.*", "stock.transfer"]',
            3,
            "mail.activity, mail.activity_done is outside the scope (test.toml:",
        ),
        ('[caps]\nstep = "50001 GBP"', 3, "50,001.00 GBP is over 50,000.00 GBP (test.toml:"),
        ('[caps]\nstep = "1 EUR"', 3, "1.00 EUR is over 50,000.00 GBP (test.toml:"),
        ('[four_eyes]\nabove = "2001 GBP"', 3, "2,001.00 GBP is over 2,000.00 GBP (test.toml:"),
        ("[expiry]\nrequest_hours = 25", 3, "25 h is longer than 24 h (test.toml:"),
        ("[freshness]\nevidence_seconds = 601", 3, "601 s is longer than 600 s (test.toml:"),
        ('[rollback]\nallow_within_hours = 25\nallow_max_amount = "1 GBP"', 3, "25 h is longer than 24 h"),
        ('[rollback]\nallow_within_hours = 1\nallow_max_amount = "501 GBP"', 4, "501.00 GBP is over 500.00 GBP"),
        ('[rollback]\nrole = "lead"', 3, "lead is weaker than manager, whom the policy asks"),
        (RULE + 'then = "allow"', 5, "expected 'ask' or 'refuse', found 'allow'"),
        (RULE + 'then = "refuse"\nrole = "manager"', 2, "role is for rules that ask"),
        (RULE + 'then = "ask"\nrole = "lead"', 6, "lead is weaker than manager, whom the policy asks"),
        (RULE + 'then = "ask"\nrole = "buyer"', 6, "buyer may not decide on stock.minmax, stock.rea"),
        (RULE + 'then = "ask"\nrole = "boss"', 6, "no role is called 'boss'; [roles] defines buyer, lead, manager"),
        (RULE + 'then = "ask"\nmax_amount = "5 GBP"', 6, "belongs to the policy itself; did you mean `over_amount`?"),
        (RULE + 'then = "ask"\nwarehouses = [3]', 6, "`warehouses` belongs to the policy itself; known here are"),
        (RULE + 'then = "ask"\n' + RULE + 'then = "ask"', 7, "'x' is taken by the rule in line 3"),
        (LIMIT + SAME.replace("4000", "4001"), 6, "4,001.00 GBP instead of 4,000.00 GBP is looser than vendor-day ("),
        (LIMIT + SAME.replace('max_amount = "4000 GBP"\n', ""), 2, "nothing instead of 4,000.00 GBP is looser"),
        (LIMIT + SAME.replace("= 9", "= 10"), 7, "10 instead of 9 is looser than vendor-day (test.toml:"),
        (LIMIT + SAME.replace("2d", "1d"), 5, "a window of 1d instead of 2d is looser"),
        (LIMIT + SAME.replace('"manager"', '"buyer"'), 9, "buyer is weaker than manager, whom the policy asks"),
        (LIMIT.replace('"vendor"', '"product"') + SAME, 4, "per product instead of per vendor is looser"),
        (LIMIT + 'actions = ["mail.*"]\n' + SAME, 5, "a narrower choice of actions is looser"),
        (
            '[[limit]]\nname = "product-day"\nper = "product"\nwindow = "1d"\nmax_quantity = 9\nthen = "ask"',
            7,
            "ask instead of refuse is looser",
        ),
        ("[roles.boss]\nlimits = '9 GBP'", 2, "`roles` belongs to the policy itself; known here are autonomy, caps"),
        ('default_role = "lead"', 2, "`default_role` belongs to the policy itself"),
        ('irreversible_allowed = ["*"]', 2, "`irreversible_allowed` belongs to the policy itself"),
        ("[pause]\ncompanies = [1]", 3, "`companies` belongs to the policy itself"),
        ("[expiry]\ngrant_minutes = 5", 3, "`grant_minutes` belongs to the policy itself"),
        ("surprise = 1", 2, "unknown key `surprise`"),
        ("[caps", 2, "not good TOML"),
    ],
)
def test_whatever_loosens_or_makes_no_sense_is_named_by_file_and_line(
    tmp_path: Path, text: str, line: int, says: str
) -> None:
    found = told(tmp_path, **{"1__3": f"version = 1\n{text}\n"})

    assert [one for one in found if one.startswith(f"1/3.toml:{line}: error: ") and says in one], found


def test_an_autonomy_that_goes_further_is_an_error(tmp_path: Path) -> None:
    local = 'version = 1\n[autonomy]\nstockout = "auto"\n'
    file = written(tmp_path, ABOVE.replace('stockout = "auto"', 'stockout = "propose"'), {"1/3.toml": local})

    with pytest.raises(PolicyError, match=r"^1/3\.toml:3: autonomy\.stockout: auto goes further than propose \(test"):
        load(file, CATALOGUE)


def test_a_warehouse_may_not_loosen_what_its_company_tightened(tmp_path: Path) -> None:
    caps = "version = 1\n[caps]\nstep = '{} GBP'\n"

    found = told(tmp_path, **{"1__company": caps.format(100), "1__3": caps.format(200), "2__3": caps.format(200)})

    assert found == [
        "1/3.toml:3: error: caps.step: "
        "200.00 GBP is over 100.00 GBP (1/company.toml:3); a local policy may only tighten"
    ]


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("one/3.toml", "one/: no company: name the folder after the company's id in Odoo"),
        ("01/3.toml", "01/: no company"),
        ("1/three.toml", "1/three.toml: no warehouse: a company's folder holds company.toml"),
        ("1/03.toml", "1/03.toml: no warehouse"),
        ("1/3.TOML", "1/3.TOML: no warehouse"),
        ("1/3/company.toml", "1/3/: nothing is read from here"),
        ("1/\u0663.toml", "no warehouse"),
        ("1/3.tml", "1/3.tml: no warehouse"),
        ("1/company", "1/company: no warehouse"),
        ("1 /company.toml", "1 /: no company"),
        ("acme/wh3.toml", "acme/: no company"),
        ("acme/Company.toml", "acme/: no company"),
        ("company-1/x.toml", "company-1/: no company"),
        ("1", "1: no folder of a company, so nobody reads it"),
        ("1.toml", "1.toml: no folder of a company"),
        ("company.toml", "company.toml: no folder of a company"),
        ("warehouse_3.TML", "warehouse_3.TML: no folder of a company"),
    ],
)
def test_a_local_policy_that_nobody_would_read_is_an_error(tmp_path: Path, name: str, says: str) -> None:
    file = written(tmp_path, ABOVE, {name: "version = 1\n"})

    with pytest.raises(PolicyError) as told_:
        load(file, CATALOGUE)

    assert says in str(told_.value)


@pytest.mark.parametrize(("name", "target"), [("1", "/nonexistent"), ("1", "1"), ("acme", "gone")])
def test_a_link_that_leads_nowhere_is_an_error_as_a_companys_folder_may_be_behind_it(
    tmp_path: Path, name: str, target: str
) -> None:
    file = written(tmp_path, ABOVE, {})
    tmp_path.joinpath(name).symlink_to(target)

    with pytest.raises(PolicyError, match=f"^{name}: a link that leads nowhere"):
        load(file, CATALOGUE)


@pytest.mark.parametrize("name", ["project/pyproject.toml", "1/company.toml.bak", "1/3.toml~", "1/3.txt"])
def test_what_is_only_like_a_local_policy_is_a_warning(tmp_path: Path, name: str) -> None:
    (found,) = read(written(tmp_path, ABOVE, {name: "version = 1\n"}), CATALOGUE).problems

    assert found.severity == "warning"
    assert found.file is not None
    assert name.startswith(found.file)


def test_other_things_beside_the_policy_do_not_matter(tmp_path: Path) -> None:
    others = ["project/README.md", "2024/report.txt", "1/README.md", ".git/3.toml", "1/.3.toml", "1.md"]
    others += ["terms.toml", "older.toml", "company-old.toml"]

    assert read(written(tmp_path, ABOVE, dict.fromkeys(others, "x")), CATALOGUE).problems == ()


def test_a_policy_may_be_called_as_it_likes(tmp_path: Path) -> None:
    file = written(tmp_path, ABOVE, {}).rename(tmp_path / "company.toml")

    assert read(file, CATALOGUE).problems == ()


def test_a_file_that_cannot_be_read_is_told_by_name(tmp_path: Path) -> None:
    file = written(tmp_path, ABOVE, {})
    tmp_path.joinpath("1", "3.toml").mkdir(parents=True)
    tmp_path.joinpath("1", "4.toml").symlink_to(tmp_path / "gone")
    tmp_path.joinpath("1", "5.toml").write_bytes(b"version = 1\n# \xff\n")

    with pytest.raises(PolicyError) as told_:
        load(file, CATALOGUE)

    assert str(told_.value).splitlines() == [
        "1/3.toml: the file cannot be read: Is a directory",
        "1/4.toml: the file cannot be read: No such file or directory",
        "1/5.toml:2: the file is not UTF-8 text; save it as UTF-8",
    ]


def test_a_file_that_says_nothing_is_a_warning(tmp_path: Path) -> None:
    assert told(tmp_path, **{"1__3": "version = 1\n"}) == [
        "1/3.toml:1: warning: version: it says nothing, so it tightens nothing"
    ]


def test_local_policies_are_not_judged_by_a_policy_that_makes_no_sense(tmp_path: Path) -> None:
    file = written(tmp_path, "version = 2\n", {"1/3.toml": "nonsense"})

    reading = read(file, CATALOGUE)

    assert reading.policy is None
    assert reading.files == (file,)


def test_every_file_that_was_read_is_named_and_stands_with_its_place(tmp_path: Path) -> None:
    local = "version = 1\n[caps]\nstep = '9 GBP'\n"
    names = ["1/company.toml", "1/3.toml", "1/20.toml", "11/2.toml"]
    file = written(tmp_path, ABOVE, dict.fromkeys(names, local))

    reading = read(file, CATALOGUE)

    assert [str(one.relative_to(tmp_path)) for one in reading.files] == ["test.toml", *names]
    assert reading.policy is not None
    assert [_place(one) for one in reading.policy.locals] == [(1, None), (1, 3), (1, 20), (11, 2)]
    assert [one.place("caps") for one in reading.policy.locals] == [f"{name}:2" for name in names]


def test_the_digest_covers_what_local_policies_say_and_whose_they_are(tmp_path: Path) -> None:
    local = "version = 1\n[caps]\nstep = '{} GBP'\n"
    variants = [{}, {"1/3.toml": local.format(9)}, {"1/3.toml": local.format(8)}, {"1/4.toml": local.format(9)}]

    digests = {
        load(written(tmp_path / str(number), ABOVE, files), CATALOGUE).digest for number, files in enumerate(variants)
    }
    commented = {"1/3.toml": "# words\n" + local.format(9)}

    assert len(digests) == len(variants)
    assert load(written(tmp_path / "again", ABOVE, commented), CATALOGUE).digest in digests


def _place(local: LocalPolicy) -> tuple[int, int | None]:
    return local.company, local.warehouse
