"""Measure what digests cost: putting them into the outbox, and reading, rendering and sending them to a real SMTP server on loopback.

    python -m benchmarks.digest [--people 300] [--send 300] [--workers 2]

Starts PostgreSQL and Valkey of its own. Everybody is in one of twenty spaces, and in the week before each space had forty posts in ten threads; each
person has read a third of them and was mailed another third. Queries and peak memory are those of one process.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import secrets
import shutil
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from benchmarks.outbox import serve, states
from community import embedded

SPACES, THREADS, POSTS = 20, 10, 4


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure what digests cost.")
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--send", type=int, default=0, help="how many of them to send; all, unless given")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    root = Path(tempfile.mkdtemp(prefix="concentric-bench-"))
    root.chmod(0o755)
    postgres = embedded.start_postgres(root, log=root / "log" / "postgres.log")
    valkey = embedded.start_valkey(root, log=root / "log" / "valkey.log")
    port = embedded.free_port()
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "community.settings",
        "DEMO": "1",
        "VAR_DIR": str(root / "var"),
        "SECRET_KEY": secrets.token_urlsafe(60),
        "DATABASE_URL": postgres.url,
        "REDIS_URL": valkey.url,
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
    }
    ready = multiprocessing.Event()
    server = multiprocessing.Process(target=serve, args=(port, ready), daemon=True)
    server.start()
    try:
        ready.wait(20)
        in_a_process(prepare, options.people)
        in_a_process(post)
        measure(options.send or options.people, options.workers)
    finally:
        server.terminate()
        valkey.stop()
        postgres.stop()
        shutil.rmtree(root, ignore_errors=True)


def in_a_process(work: Any, *arguments: Any) -> None:
    process = multiprocessing.get_context("spawn").Process(target=work, args=arguments)
    process.start()
    process.join()


def prepare(number: int) -> None:
    """The people, what was said, what they have read and what they were mailed, in bulk."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from ambassadors.models import Ambassador, User
    from correspondence.models import DigestChoice
    from discussions.models import Post, Space, SpaceRole, Thread
    from foundation.models import Community

    call_command("migrate", verbosity=0)
    Community.objects.create(pk=1, name="Riverside Circle")
    now, then = timezone.now(), timezone.now() - timedelta(days=7)
    names = [f"Person {n}" for n in range(number)]
    people = User.objects.bulk_create(
        (User(name=name, email=f"{name.replace(' ', '')}@people.example.org") for name in names), batch_size=2000
    )
    Ambassador.objects.bulk_create(
        (Ambassador(user=one, slug=f"person-{one.pk}", status="active", joined_at=then - timedelta(days=90)) for one in people),
        batch_size=2000,
    )
    spaces = Space.objects.bulk_create(
        Space(name=f"Space {n}", slug=f"space-{n}", purpose="To learn.", kind="micro-community", openness="closed", status="active")
        for n in range(SPACES)
    )
    SpaceRole.objects.bulk_create(
        (SpaceRole(space=spaces[place % SPACES], person=one) for place, one in enumerate(people)), batch_size=2000
    )
    threads = Thread.objects.bulk_create(
        Thread(
            space=space,
            subject=f"Conversation {n} in {space.name}",
            started_by=people[0],
            started_at=then,
            last_number=POSTS,
            last_post_at=now,
        )
        for space in spaces
        for n in range(THREADS)
    )
    Post.objects.bulk_create(
        Post(
            thread=thread,
            number=n + 1,
            author=people[n],
            body=f"<p>{'Some words on it. ' * 20}</p>",
            posted_at=then + timedelta(hours=n + 1),
            told_at=now,
        )
        for thread in threads
        for n in range(POSTS)
    )
    DigestChoice.objects.bulk_create(
        (DigestChoice(person=one, zone="UTC", next_due_at=now, told_until=then) for one in people), batch_size=2000
    )
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO discussions_readmark (thread_id, person_id, number, read_at)
            SELECT thread.id, role.person_id, 4, now() FROM discussions_thread thread
            JOIN discussions_spacerole role ON role.space_id = thread.space_id WHERE thread.id % 3 = 0"""
        )
        cursor.execute(
            """INSERT INTO correspondence_outgoingmail (kind, person_id, address, key, about, nonce, state, attempts, due_at, claim, created_at, answer)
            SELECT 'thread_post', role.person_id, '', 'told:' || post.id || ':' || role.person_id, json_build_object('post', post.id), '', 'sent',
            1, now(), '', now() - interval '3 days', '' FROM discussions_post post JOIN discussions_thread thread ON thread.id = post.thread_id
            JOIN discussions_spacerole role ON role.space_id = thread.space_id WHERE thread.id % 3 = 1"""
        )
        cursor.execute("ANALYZE")


def post() -> None:
    """Put all digests into the outbox, in one turn of the clock."""
    import django

    django.setup()
    from django.db import connection

    from correspondence import outbox
    from correspondence.digests import posting

    outbox.tell_workers = lambda pks: None
    queries = Counting()
    began = time.perf_counter()
    with connection.execute_wrapper(queries):
        posted = posting.post_due()
    seconds = time.perf_counter() - began
    print(f"posted {posted} digests in {seconds:.1f} s, {queries.number} queries, {memory()} MB at most")


def measure(number: int, workers: int) -> None:
    context = multiprocessing.get_context("spawn")
    told = context.Queue()
    began = time.perf_counter()
    share = [context.Process(target=send, args=(place, workers, number, told)) for place in range(workers)]
    for process in share:
        process.start()
    figures = [told.get() for _process in share]
    for process in share:
        process.join()
    seconds = time.perf_counter() - began
    sent, reading, queries = (sum(figure[name] for figure in figures) for name in ("sent", "reading", "queries"))
    print(
        f"{sent} digests through {workers} workers in {seconds:.1f} s ({sent / seconds:.0f} a second): at most "
        f"{max(figure['most'] for figure in figures)} queries to read one, {queries / sent:.1f} for its whole road, {reading / sent * 1000:.1f} ms to read "
        f"one; {max(figure['memory'] for figure in figures)} MB at most a worker"
    )
    import django

    django.setup()
    print(states())


def send(place: int, workers: int, number: int, told: Any) -> None:
    """Deliver one worker's share; what reading the contents costs is counted apart."""
    import django

    django.setup()
    from django.db import connection

    from correspondence import outbox
    from correspondence.digests import contents
    from correspondence.models import OutgoingMail

    figures = {"sent": 0, "reading": 0.0, "queries": 0, "most": 0}
    everything, read = Counting(), contents.read

    def counted(mail: Any) -> contents.Contents:
        before, began = everything.number, time.perf_counter()
        found = read(mail)
        figures["reading"] += time.perf_counter() - began
        figures["most"] = max(figures["most"], everything.number - before)
        return found

    contents.read = counted
    pks = OutgoingMail.objects.filter(kind="digest").order_by("pk").values_list("pk", flat=True)[place:number:workers]
    with connection.execute_wrapper(everything):
        for pk in list(pks):
            outbox.deliver(pk)
            figures["sent"] += 1
    told.put(figures | {"queries": everything.number, "memory": memory()})


class Counting:
    """Counts the statements of a connection."""

    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute: Any, *arguments: Any) -> Any:
        self.number += 1
        return execute(*arguments)


def memory() -> int:
    """The most that this process had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    main()
