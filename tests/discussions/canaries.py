"""Canaries in a private conversation, as it is written on the web and by mail."""

from __future__ import annotations

from correspondence.inbound.receiving import receive
from correspondence.models import InboundMail
from discussions.models import Post, PostRevision, Space, SpaceRequest
from discussions.workflow import start_private_thread
from foundation.models import Via
from tests import make
from tests.correspondence.letters import letter, reply_address
from tests.discussions import (
    archive_canaries,
    asking_canaries,
    assisting_canaries,
    circles_canaries,
    follow_canaries,
    making,
    moderation_canaries,
    plain_mail_canaries,
    posts_canaries,
    prompts_canaries,
)
from tests.leaks import MEMBERS, TEAM, Garden


def plant(garden: Garden) -> None:
    friend = make.ambassador("Fay Friend")
    thread = start_private_thread(
        by=friend,
        to=garden.cast.ambassador,
        subject=garden.canary("discussions.Thread.subject", "ambassador"),
        body=garden.canary("discussions.Post.body", "ambassador"),
    )
    garden.pages.append(thread.get_absolute_url())
    answer_by_mail(garden, thread)
    held_mail(garden, thread)
    spaces(garden, friend)
    follow_canaries.plant(garden)
    moderation_canaries.plant(garden)
    plain_mail_canaries.plant(garden)
    posts_canaries.plant(garden)
    prompts_canaries.plant(garden)
    asking_canaries.plant(garden)
    assisting_canaries.plant(garden)
    circles_canaries.plant(garden)
    archive_canaries.plant(garden)


def spaces(garden: Garden, friend) -> None:
    """A closed and a hidden micro-community of the ambassador's, with a thread each."""
    for openness, outside in (("closed", MEMBERS), ("hidden", ("ambassador",))):
        space = making.micro(
            garden.cast.ambassador, name=garden.canary("discussions.Space.name", *outside), openness=openness, outcome="Soon."
        )
        Space.objects.filter(pk=space.pk).update(
            purpose=garden.canary("discussions.Space.purpose", *outside),
            outcome=garden.canary("discussions.Space.outcome", *outside),
            outcome_note=garden.canary("discussions.Space.outcome_note", "ambassador"),
            slug=garden.canary("discussions.Space.slug", *outside),
        )
        space.refresh_from_db()
        subject, body = (garden.canary(f"discussions.{field}", "ambassador") for field in ("Thread.subject", "Post.body"))
        post = making.thread(space, garden.cast.ambassador, subject=subject, body=body).posts.get()
        PostRevision.objects.create(
            post=post, revision=1, body=garden.canary("discussions.PostRevision.body"), written_at=post.posted_at
        )
        SpaceRequest.objects.create(
            space=space,
            person=friend,
            words=garden.canary("discussions.SpaceRequest.words", "ambassador"),
            answer=garden.canary("discussions.SpaceRequest.answer"),
        )
        parts = ("", "people/", "history/", "edit/", "invite/", "hand-over/", "end/", "ask/", "leave/")
        garden.pages += [
            *(f"{space.get_absolute_url()}{part}" for part in parts),
            post.thread.get_absolute_url(),
            post.get_absolute_url(),
        ]


def answer_by_mail(garden: Garden, thread) -> None:
    """An answer whose quotation is folded, and whose Message-ID stands in the support team's list of mails."""
    friend = thread.started_by
    message_id = garden.canary("discussions.Post.message_id", *TEAM)
    quoted = garden.canary("discussions.Post.quoted", "ambassador")
    words = f"{garden.canary('discussions.Post.body', 'ambassador')}\n\n> {quoted}\n"
    address = reply_address(friend, thread)

    receive(letter(friend.email, address, words, Message_ID=f"<{message_id}@mailbox.example.org>"), address)

    post = Post.objects.get(thread=thread, via=Via.MAIL)
    Post.objects.filter(pk=post.pk).update(labels=[garden.canary("discussions.Post.labels", "ambassador")])
    garden.pages.append(post.get_absolute_url())


def held_mail(garden: Garden, thread) -> None:
    """A mail from an address that we do not know to be the member's: its writer reads it, staff see that it came."""
    address = reply_address(garden.cast.ambassador, thread)
    sender = garden.canary("correspondence.InboundMail.sender", "ambassador", *TEAM)
    words = garden.canary("correspondence.InboundMail.raw", "ambassador")

    mail = receive(letter(f"{sender}@private.example", address, words), address)

    assert mail.is_held
    InboundMail.objects.filter(pk=mail.pk).update(
        envelope_sender=f"{garden.canary('correspondence.InboundMail.envelope_sender', *TEAM)}@private.example",
        why=garden.canary("correspondence.InboundMail.why", "ambassador"),
        identity=garden.canary("correspondence.InboundMail.identity", *TEAM),
    )
    garden.pages.append(mail.get_absolute_url())
