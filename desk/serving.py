"""One process that scans on its cron, expires what is too old, recovers what a kill left, and seals the journal."""

import logging
from collections.abc import Mapping, Sequence

from apscheduler.schedulers.base import BaseScheduler
from apscheduler.triggers.cron import CronTrigger

from desk.desk import Desk
from desk.recovering import recover
from desk.scanning import Scanned, scan
from domain.errors import DeskError
from domain.refusals import Refusal
from domain.words import counted

log = logging.getLogger("desk.serving")


def schedule(
    scheduler: BaseScheduler, desk: Desk, crons: Mapping[str, str], companies: Sequence[int], *, every_s: int = 60
) -> None:
    """Put every scan on its cron, and recovery and sealing on the minute; a job's name says when it runs."""
    for kind in desk.scanned_kinds:
        for company in companies:
            cron = crons.get(f"{kind}/{company}") or crons.get(kind)
            if cron:
                trigger = CronTrigger.from_crontab(cron, timezone="UTC")
                about = {"id": f"scan {kind}/{company}", "name": f"{cron} (UTC)"}
                scheduler.add_job(scheduled_scan, trigger, (desk, kind, company), **about)
    scheduler.add_job(upkeep, "interval", (desk,), seconds=every_s, id="upkeep", name=f"every {every_s} seconds")


def scheduled_scan(desk: Desk, kind: str, company: int) -> None:
    """One scan; an unreachable Odoo is logged and tried again at the next hour of the cron."""
    try:
        outcome = scan(desk, kind, company)
    except DeskError as error:
        log.warning("scan of %s in company %s failed: %s", kind, company, error, extra={"action": "scan_failed"})
        return
    if isinstance(outcome, Refusal):
        log.info("scan of %s in company %s: %s", kind, company, outcome, extra={"action": "scan_refused"})
    else:
        log.info("scan of %s in company %s: %s", kind, company, counts(outcome), extra={"action": "scan_done"})


def counts(done: Scanned) -> str:
    """What a scan found, for whoever reads the log: ``2 opened, 0 updated, 0 relapsed, 1 gone, 30 calls, 0.4 s``."""
    found = {"opened": done.opened, "updated": done.updated, "relapsed": done.relapsed, "gone": done.gone}
    told = ", ".join(f"{len(ids)} {what}" for what, ids in found.items())
    return f"{told}, {counted(done.odoo_calls, 'call')}, {done.seconds:.1f} s"


def upkeep(desk: Desk) -> None:
    """Expire, recover and seal; what fails is logged and tried again in a minute."""
    try:
        recovered = recover(desk)
        desk.store.seals.seal_now()
    except DeskError as error:
        log.warning("upkeep failed: %s", error, extra={"action": "upkeep_failed"})
        return
    if recovered.hindered:
        log.warning("recovery waits: %s", recovered.hindered, extra={"action": "recovery_waits"})
