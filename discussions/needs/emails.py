"""What is mailed to those who know about what somebody needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence.kinds import Kind, kinds
from discussions import footers
from discussions.emails import answered_within
from discussions.models import Need, NeedAlert, Post, Thread
from discussions.posts.files import files_of
from discussions.quoting import post_for

if TYPE_CHECKING:
    from correspondence.models import OutgoingMail


def _need_of(mail: OutgoingMail) -> Need | None:
    """Return the need while it is open, still reaches its reader, and nothing has helped yet."""
    if mail.person is None or not NeedAlert.objects.visible_to(mail.person).filter(need=mail.about["need"]).exists():
        return None
    needs = Need.objects.visible_to(mail.person).filter(thread__status=Thread.Status.OPEN, thread__helped=None)
    found: Need | None = needs.filter(pk=mail.about["need"]).select_related("thread__space", "thread__started_by", "topic").first()
    return found


def _first_post(mail: OutgoingMail, need: Need) -> Post | None:
    assert mail.person is not None  # noqa: S101  callers have asked
    shown: Post | None = (
        Post.objects.visible_to(mail.person)
        .filter(thread=need.thread, number=1, status="shown")
        .with_author()
        .select_related("thread__space")
        .annotate(files=files_of(mail.person))
        .first()
    )
    return shown


def _is_wanted(mail: OutgoingMail) -> bool:
    need = _need_of(mail)
    return need is not None and _first_post(mail, need) is not None


def _context(mail: OutgoingMail) -> dict[str, Any]:
    need = _need_of(mail)
    assert need is not None  # noqa: S101  asked just before
    post = _first_post(mail, need)
    assert post is not None  # noqa: S101  likewise
    assert mail.person is not None  # noqa: S101  likewise
    return {
        "thread": need.thread,
        "author": post.author.shown_name if post.author else _("a former member"),
        "labels": " · ".join(post.labels),
        "subject_of_need": need.thread.subject,
        "topic": need.topic.name,
        "space": str(need.thread.space),
        "url": settings.SITE_URL + need.thread.get_absolute_url(),
        "footer": footers.of_post(mail.person, post),
    } | post_for(mail.person, post)._asdict()


def _headers(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    """An answer is one in the conversation."""
    return answered_within(context["thread"], context["author"], context["footer"])


def _sample() -> dict[str, Any]:
    text = _("We lose volunteers in their third month. What did you change that made a difference?")
    return {
        "thread": {"subject": _("Volunteers who stay")},
        "author": "Maya Ito",
        "labels": _("Practitioner"),
        "subject_of_need": _("Volunteers who stay"),
        "topic": _("Volunteers"),
        "space": _("The kettle"),
        "text": text,
        "body": text,
        "url": f"{settings.SITE_URL}/discussions/7/volunteers-who-stay/",
        "footer": footers.sample(alone="Maya Ito", acts=("thank", "read", "follow", "mute")),
    }


kinds.add(
    "need_alert",
    Kind(
        name="need_alert",
        own_words=True,
        label=gettext_lazy("Somebody needs what you know"),
        description=gettext_lazy(
            "When somebody asks for help with one of your topics, and you are not away. A few times a month at most."
        ),
        context=_context,
        sample=_sample,
        still_wanted=_is_wanted,
        headers=_headers,
        link=lambda mail, context: str(context["url"]),
        placeholders=("author", "subject_of_need", "topic", "space", "text", "url"),
        required=("text", "url"),
        asks=True,
    ),
)
