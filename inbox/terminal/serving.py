"""One process that works by the clock until it is told to stop."""

import logging
import sys
from datetime import UTC, datetime

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.blocking import BlockingScheduler

from desk.recovering import Recovered, recover
from desk.serving import schedule
from inbox.terminal.logs import told_to
from inbox.terminal.opening import Opened, companies_of
from inbox.terminal.showing import moment, say
from inbox.terminal.stopping import until_told


def serve_until_told(opened: Opened) -> None:
    """Recover, put every scan on its cron, and work until SIGTERM or SIGINT; what runs then is finished first."""
    logging.getLogger("apscheduler").setLevel(logging.WARNING)
    companies = companies_of(opened)
    tell_recovered(recover(opened.desk))
    scheduler = BlockingScheduler(timezone="UTC", executors={"default": ThreadPoolExecutor(1)})
    schedule(scheduler, opened.desk, opened.settings.scans, companies)

    with told_to(logging.StreamHandler(sys.stderr), logging.INFO), until_told():
        tell_schedule(scheduler)
        scheduler.start()
    if scheduler.running:
        scheduler.shutdown(wait=True)


def tell_recovered(recovered: Recovered) -> None:
    """What an earlier run had left."""
    if recovered.taken_up:
        say(f"Taken up again: {', '.join(recovered.taken_up)}")
    if recovered.expired:
        say(f"Expired unanswered: {', '.join(recovered.expired)}")
    if recovered.hindered:
        say(f"The rest waits: {recovered.hindered}")


def tell_schedule(scheduler: BlockingScheduler) -> None:
    """What will run, and when."""
    for job in scheduler.get_jobs():
        due = job.trigger.get_next_fire_time(None, datetime.now(UTC))
        say(f"{job.id}: {job.name}, next at {moment(due)}")
    say("Serving; stop with Ctrl-C.")
