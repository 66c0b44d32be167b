"""Try to welcome newcomers twice: clocks are killed with SIGKILL at any moment, several at once, while people come and go.

    python -m benchmarks.welcome [--newcomers 200] [--clocks 3] [--kill 20] [--meddle 40]

Starts PostgreSQL and Valkey of its own, and a real SMTP server on loopback. Each newcomer has a confirmed buddy whose words are approved; the
clocks run the steps of buddies and the sweep of the outbox, again and again. `--kill` of them die on the way, and others take their
place; meanwhile `--meddle` buddies say that they cannot, take their approval back, or leave. At the end everybody counts.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from datetime import timedelta
from multiprocessing.process import BaseProcess

from benchmarks.surroundings import in_a_process, states, times_taken, with_mail_server

context = multiprocessing.get_context("spawn")
A_BUDDY = 4  # newcomers each


def main() -> None:
    parser = argparse.ArgumentParser(description="Try to welcome newcomers twice.")
    parser.add_argument("--newcomers", type=int, default=200)
    parser.add_argument("--clocks", type=int, default=3)
    parser.add_argument("--kill", type=int, default=20)
    parser.add_argument("--meddle", type=int, default=40)
    options = parser.parse_args()
    with with_mail_server() as taken:
        in_a_process(prepare, options.newcomers)
        began = time.perf_counter()
        storm(options.clocks, options.kill, options.meddle)
        in_a_process(come_to_rest)
        print(f"{options.newcomers} newcomers, {options.clocks} clocks, {options.kill} killed, {options.meddle} meddled with, "
              f"{time.perf_counter() - began:.0f} s")  # fmt: skip
        print(f"mails a recipient has got: {times_taken(taken)}; {states()}")
        in_a_process(count)


def prepare(number: int) -> None:
    """People, buddies with approved words, and matches whose time has come."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from ambassadors.models import Ambassador, User
    from foundation.models import Community
    from welcome.models import Buddy, BuddyMatch, BuddyText, WelcomeRules

    call_command("migrate", verbosity=0)
    Community.objects.create(pk=1, name="Riverside Circle", mails_a_day=1000, mail_delay=0)
    WelcomeRules.objects.create(pk=1, from_hour=0, to_hour=24, on_weekends=True, confirms_after=0)
    now = timezone.now()
    people = User.objects.bulk_create(
        User(name=f"Person {n}", email=f"p{n}@people.example.org") for n in range(number + number // A_BUDDY)
    )
    Ambassador.objects.bulk_create(
        Ambassador(user=one, slug=f"person-{one.pk}", status="active", joined_at=now - timedelta(days=1 if place < number else 400))
        for place, one in enumerate(people)
    )
    buddies = Buddy.objects.bulk_create(Buddy(person=one, capacity=10) for one in people[number:])
    BuddyText.objects.bulk_create(
        BuddyText(buddy=one, number=1, words="Hello {newcomer}, I am {buddy}.", approved_at=now) for one in buddies
    )
    BuddyMatch.objects.bulk_create(
        BuddyMatch(newcomer=one, buddy=buddies[place % len(buddies)], status="confirmed", confirmed_at=now, send_at=now)
        for place, one in enumerate(people[:number])
    )


def storm(clocks: int, kills: int, meddling: int) -> None:
    """Clocks run and die; people meddle."""
    meddler = context.Process(target=meddle, args=(meddling,))
    running = [_clock() for _ in range(clocks)]
    meddler.start()
    for number in range(kills):
        time.sleep(random.uniform(0.3, 1.5))  # noqa: S311  any moment will do
        victim = running[number % clocks]
        os.kill(victim.pid or 0, signal.SIGKILL)
        victim.join()
        running[number % clocks] = _clock()
    meddler.join()
    for process in running:
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()


def _clock() -> BaseProcess:
    process = context.Process(target=turn_on)
    process.start()
    return process


def turn_on() -> None:
    """Turn the clock until somebody kills it."""
    import django

    django.setup()
    while True:
        turn()


def turn() -> None:
    """One turn: what is due, and what is in the outbox, by this process alone."""
    from correspondence import due, outbox
    from correspondence.delivery import sweep

    outbox.tell_workers = lambda pks: None
    due.post_all()
    for pk in sweep():
        outbox.deliver(pk)


def meddle(number: int) -> None:
    """Let buddies step back in one of three ways, at moments of no meaning."""
    import django

    django.setup()
    from ambassadors.workflow import standing
    from foundation.workflow import TransitionRefused
    from welcome.buddies import offering, taking_over
    from welcome.models import BuddyMatch

    for turn_of in range(number):
        match = BuddyMatch.objects.taken().select_related("buddy__person__ambassador").order_by("?").first()
        if match is None or match.buddy is None:
            continue
        person = match.buddy.person
        try:
            if turn_of % 10 == 0:
                standing.make_alumni(person.ambassador, by=person)
            elif turn_of % 3:
                taking_over.say_cannot(match, by=person)
            else:
                offering.withdraw_approval(match.buddy, by=person)
        except TransitionRefused:
            pass
        time.sleep(0.1)


def come_to_rest() -> None:
    """What happens when nobody kills anything any more: leases run out, and the clock turns until all is done."""
    import django

    django.setup()
    from django.utils import timezone

    from correspondence.models import OutgoingMail

    for _ in range(4):
        OutgoingMail.objects.filter(lease_until__isnull=False).update(lease_until=timezone.now() - timedelta(seconds=1))
        turn()


def count() -> None:
    """How many first welcomes each newcomer has: in the outbox, as conversations, as matches. One of each is what should be there."""
    import django

    django.setup()
    from correspondence.models import OutgoingMail
    from discussions.models import Post
    from welcome.models import BuddyMatch

    newcomers = set(BuddyMatch.objects.values_list("newcomer", flat=True))
    first = BuddyMatch.objects.filter(welcomed_at__isnull=False, takes_over=False)
    mails = OutgoingMail.objects.filter(kind="buddy_welcome")
    for what, rows in {
        "first welcomes among the matches": first.values_list("newcomer", flat=True),
        "welcomes in the outbox": mails.values_list("person", flat=True),
    }.items():
        each = Counter(rows)
        print(f"{what}, newcomers with each number: {dict(Counter(each[pk] for pk in newcomers))}")
    said = Post.objects.filter(via="approved").count()
    print(f"posts in approved words: {said}; matches ever welcomed: {BuddyMatch.objects.filter(welcomed_at__isnull=False).count()}")
    print(f"how welcomes ended: {dict(Counter(mails.values_list('state', flat=True)))}")


if __name__ == "__main__":
    main()
