"""Canaries in what an assistant prepares, and in the seat that lets them."""

from __future__ import annotations

from django.urls import reverse

from ambassadors.models import AssistantSeat
from discussions.assisting import workflow
from discussions.models import Post, PreparedReply
from tests.ambassadors import assisting_making
from tests.discussions import making
from tests.leaks import MEMBERS, NO_ONE, Garden


def plant(garden: Garden) -> None:
    """A seat is known to the two of it, and its name to members once it stands beside words; what is prepared to the two alone."""
    owner = garden.cast.ambassador
    seat = assisting_making.taken(
        owner, garden.canary("ambassadors.AssistantSeat.name", *MEMBERS), may_prepare=True, may_speak=True
    )
    AssistantSeat.objects.filter(pk=seat.pk).update(
        email=f"{garden.canary('ambassadors.AssistantSeat.email', 'ambassador')}@office.example.org",
        nonce=garden.canary("ambassadors.AssistantSeat.nonce", *NO_ONE),
    )
    thread = making.thread(making.topic("What assistants do"), garden.cast.outsider)
    workflow.prepare(seat, thread, garden.canary("discussions.PreparedReply.body", "ambassador"), by=seat.assistant)
    PreparedReply.objects.filter(thread=thread).update(
        assistant_name=garden.canary("discussions.PreparedReply.assistant_name", "ambassador")
    )
    post = workflow.speak(seat, thread, "Three of them.", by=seat.assistant)
    Post.objects.filter(pk=post.pk).update(assistant_name=garden.canary("discussions.Post.assistant_name", *MEMBERS))
    garden.pages += [
        thread.get_absolute_url(),
        owner.ambassador.get_absolute_url(),
        reverse("discussions:prepared-list"),
        reverse("ambassadors:assistant-list"),
    ]
