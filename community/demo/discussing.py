"""What the people of the demo talk about in their spaces, said through the discussions themselves."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.utils import timezone

from ambassadors.models import User
from community.demo.people import DATA
from discussions import workflow
from discussions.models import Post, Space, Thread
from foundation.models import Via
from foundation.search import index_once

STILL_MAILED = 24  # hours: what is older than a day was mailed long ago


def discuss() -> None:
    """Let everybody say what they have said so far, each thing at its time."""
    people = {person.name: person for person in User.objects.select_related("ambassador")}
    with index_once():
        for space, thread in threads():
            tell(space, thread, people)


def threads() -> Iterator[tuple[Space, dict[str, Any]]]:
    """The threads of all spaces, as `data/talk/` has them."""
    for path in sorted((DATA / "talk").glob("*.toml")):
        file = tomllib.loads(path.read_text(encoding="utf-8"))
        space = Space.objects.get(name=file["space"])
        for thread in file["threads"]:
            yield space, thread


def tell(space: Space, told: dict[str, Any], people: dict[str, User]) -> None:
    """Say one thread, and put its posts where they belong in time."""
    first, *others = told["posts"]
    thread = workflow.start_thread(
        space,
        by=_called(first["by"], people),
        subject=told["subject"],
        body=first["text"].strip(),
        kind=told.get("kind", Thread.Kind.DISCUSSION),
    )
    for line in others:
        workflow.reply(thread, by=_called(line["by"], people), body=line["text"].strip(), via=Via(line.get("via", "web")))
    posts = list(Post.objects.filter(thread=thread).order_by("number"))
    now = timezone.now()
    for post, line in zip(posts, told["posts"], strict=True):
        at = now - timedelta(hours=line["hours"])
        told_at = at if line["hours"] > STILL_MAILED else None
        Post.objects.filter(pk=post.pk).update(posted_at=at, told_at=told_at)
    dates = [now - timedelta(hours=line["hours"]) for line in told["posts"]]
    helped = posts[told["helped"] - 1] if "helped" in told else None
    Thread.objects.filter(pk=thread.pk).update(started_at=dates[0], last_post_at=dates[-1], helped=helped)


def _called(first_name: str, people: dict[str, User]) -> User:
    (found,) = (person for name, person in people.items() if name.startswith(f"{first_name} ") or name == first_name)
    return found
