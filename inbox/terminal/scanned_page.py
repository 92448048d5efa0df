"""Scans every company with a progress bar, and says what was found."""

from collections.abc import Sequence

from desk import scanning
from desk.scanning import Scanned
from domain.errors import Misuse
from domain.refusals import Refusal
from inbox.terminal.opening import Opened, companies_of
from inbox.terminal.progress import progressing
from inbox.terminal.showing import console, say, table


def scan_all(opened: Opened, kind: str | None, company: int | None) -> list[Scanned | Refusal]:
    """One scan for each kind and company that was asked for; raises OdooFault when Odoo cannot be read."""
    kinds = (kind,) if kind else opened.desk.scanned_kinds
    companies = companies_of(opened)
    if company is not None and company not in companies:
        raise Misuse(f"company {company} is not the desk's to scan; it scans {', '.join(map(str, companies))}")
    wanted = [(each, one) for one in companies if company in (None, one) for each in kinds]
    with progressing() as progress:
        return [scanning.scan(opened.desk, each, one, progress) for each, one in wanted]


def show_scanned(scans: Sequence[Scanned]) -> None:
    """One line a scan, and what to type next."""
    page = table(
        "Scanned",
        *("company", "kind", "opened", "updated", "relapsed", "gone", "Odoo calls", "seconds"),
        right=("company", "opened", "updated", "relapsed", "gone", "Odoo calls", "seconds"),
    )
    for one in scans:
        found = (one.opened, one.updated, one.relapsed, one.gone)
        counts = [str(len(ids)) for ids in found]
        page.add_row(str(one.company), one.kind, *counts, str(one.odoo_calls), f"{one.seconds:.1f}")
    console().print(page)
    say("See them: python app.py cases      What waits for people: python app.py inbox")
