"""The Celery application, with everything that happens by the clock in one readable table."""

import os
import sys
from typing import Any

from celery import Celery

from community.environment import refuse_nonsense

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
if "celery" in sys.argv[0]:  # not when the site imports us: a page of its own says it there
    refuse_nonsense()
app = Celery("community")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def every(seconds: int, task: str) -> dict[str, Any]:
    """One line of the table. A beat that nobody took before the next one came is worth nothing any more."""
    return {"task": task, "schedule": seconds, "options": {"expires": seconds}}


# Whatever is due lies in the database with its date: a beat only says "look", and two beats at once do no harm.
app.conf.beat_schedule = {
    "every ten seconds: news whose time has come, and at midnight the quotations of the day": every(
        10, "community.stories.tasks.turn_pages"
    ),
    "every minute: mail that no worker was told of, or whose worker is gone": every(60, "correspondence.tasks.sweep_outbox"),
    "every five minutes: digests and reminders whose time has come": every(300, "correspondence.tasks.post_due"),
    "every hour: who came or moved gets the moment of their next digest": every(
        3600, "correspondence.tasks.look_around_for_digests"
    ),
    "every minute: posts whose followers no worker was told of": every(60, "discussions.tasks.sweep_untold"),
    "every minute: new mail in the mailbox of INBOUND_IMAP_URL": every(60, "correspondence.inbound.tasks.poll_inbound"),
    "every minute: mail that was stored by a process which died": every(60, "correspondence.inbound.tasks.sweep_inbound"),
    "every minute: what carries a changed word and is not yet found by it": every(60, "foundation.tasks.refresh_search"),
    "every minute: how often files of products were fetched": every(60, "products.tasks.write_counted_downloads"),
    "every hour: words of mail that came in over 30 days ago are forgotten": every(
        3600, "correspondence.inbound.tasks.purge_inbound"
    ),
    "every hour: messages of the contact form whose time is over are forgotten": every(3600, "community.tasks.purge_contact"),
    "every day: addresses that nobody confirmed are forgotten": every(86_400, "correspondence.tasks.purge_subscriptions"),
    "every day: who wanted to hear of a launch, was told or never confirmed it, is forgotten": every(
        86_400, "products.window.tasks.forget_wishes"
    ),
    "every hour: actions of organisations of which their owners are reminded": every(3600, "practice.tasks.remind_of_actions"),
    "every day: organisations that somebody wanted to begin with and did not confirm are forgotten": every(
        86_400, "practice.tasks.forget_starts"
    ),
    "every day: what was shared for a talk four weeks ago is deleted": every(86_400, "practice.tasks.forget_talks"),
    "every day: quartiles of what organisations agreed to share": every(86_400, "practice.tasks.work_out_benchmarks"),
    "every day: cases that ended long ago are forgotten": every(86_400, "ambassadors.tasks.forget_cases"),
    "every day: answers that were begun half a year ago and never sent are forgotten": every(
        86_400, "discussions.tasks.forget_drafts"
    ),
    "every day: private files that belong to nothing are deleted": every(86_400, "foundation.tasks.sweep_orphans"),
    "every day: words that nothing says any more are forgotten": every(86_400, "foundation.tasks.forget_search_words"),
    "every hour: what mails of over a year ago spoke of is forgotten": every(3600, "correspondence.tasks.purge_outgoing"),
}
