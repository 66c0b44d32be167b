"""What is mailed about newcomers and those who welcome them. Each says that the community sent it by itself, and in whose words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from correspondence.addresses import at_our_domain, mailto
from correspondence.kinds import Kind, kinds
from correspondence.models import ReplyAddress
from discussions import emails as talk
from discussions import footers
from discussions.by_mail.addresses import READ, REPLY, address
from discussions.models import Block
from welcome.buddies import hooks
from welcome.models import BuddyMatch

if TYPE_CHECKING:
    from correspondence.models import OutgoingMail
    from discussions.footers import Act, Footer

ANOTHER, CANNOT = "another", "cannot"
S = BuddyMatch.Status
BEGUN = (S.WELCOMED, S.TOGETHER)


def match_of(mail: OutgoingMail) -> BuddyMatch | None:
    """The match that a mail speaks of, as far as its reader may know of it."""
    rows = BuddyMatch.objects.visible_to(mail.person) if mail.person else BuddyMatch.objects.none()
    people = ("newcomer__ambassador", "buddy__person__ambassador", "thread", "text")
    found: BuddyMatch | None = rows.filter(pk=mail.about["match"]).select_related(*people).first()
    return found


def act_on(match: BuddyMatch, mail: OutgoingMail, prefix: str) -> Act:
    """What its reader can say about the match by an empty mail: somebody else please, or I cannot."""
    assert mail.person is not None  # noqa: S101  asked before
    where = at_our_domain(ReplyAddress.objects.of(prefix, mail.person, match).local_part)
    label, subject = {
        ANOTHER: (_("I would rather have somebody else"), _("Somebody else, please")),
        CANNOT: (_("I cannot right now"), _("I cannot right now")),
    }[prefix]
    return footers.Act(label, where, mailto(where, subject=subject))


# The welcome itself, and that of somebody who takes over.


def welcome_is_wanted(mail: OutgoingMail) -> bool:
    """Asked when it is handed over: the two are still together, both are members, and the words are still approved and said."""
    match = match_of(mail)
    if match is None or match.status not in BEGUN or match.text is None or match.text.withdrawn_at is not None:
        return False
    return talk.private_message_is_wanted(mail)


def welcome_context(mail: OutgoingMail) -> dict[str, Any]:
    """The approved words as they stand in the conversation of the two, and the way to somebody else."""
    match, context = match_of(mail), talk.private_message_context(mail)
    assert match is not None  # noqa: S101  asked just before
    foot = replace(context["footer"], acts=(*context["footer"].acts, act_on(match, mail, ANOTHER)))
    return context | {"buddy": context["author"], "footer": foot}


def welcome_sample() -> dict[str, Any]:
    """Words of three lines."""
    words = "Good to see your name among us. I offered to be somebody you can turn to in your first weeks: just answer."
    named = {"buddy": "Maya Okafor", "author": "Maya Okafor", "text": words, "body": words}
    other = "another+example@community.example.org"
    answer = "Answer this mail to answer. Your answer goes to Maya Okafor, and to nobody else."
    foot = footers.sample(answer=answer, alone="", acts=(READ,))
    another = footers.Act("I would rather have somebody else", other, mailto(other))
    return talk.private_message_sample() | named | {"footer": replace(foot, acts=(*foot.acts, another)), "readers": answer}


def _url(mail: OutgoingMail, context: dict[str, Any]) -> str:
    return str(context["url"])


# What a buddy gets: who comes and three things to talk about; later perhaps one reminder; at last thanks.


def hooks_are_wanted(mail: OutgoingMail) -> bool:
    """While the match holds, the newcomer is here, and the two exchange messages: nobody is asked to write to who takes none of them."""
    match = match_of(mail)
    if match is None or match.buddy is None or match.status not in BEGUN or match.thread is None:
        return False
    return match.newcomer.is_member and not Block.objects.between(match.newcomer, [match.buddy.person_id]).exists()


def hooks_context(mail: OutgoingMail) -> dict[str, Any]:
    """Who comes, as members see their profile, and three ways into a conversation. An answer goes to the newcomer."""
    match = match_of(mail)
    assert match is not None and match.thread is not None and match.buddy is not None  # noqa: S101, PT018  asked just before
    card, found = hooks.for_buddy(match)
    return {
        "newcomer": str(match.newcomer),
        "line": card.line,
        "labels": " · ".join(card.role_labels),
        "profile_url": settings.SITE_URL + card.url,
        "hooks": found,
        "url": settings.SITE_URL + match.thread.get_absolute_url(),
        "crib_url": settings.SITE_URL + reverse("welcome:buddy-crib"),
        "thread": match.thread,
        "footer": _foot_for_buddy(match, mail),
    }


def _foot_for_buddy(match: BuddyMatch, mail: OutgoingMail) -> Footer:
    assert mail.person is not None and match.thread is not None  # noqa: S101, PT018  asked before
    row = ReplyAddress.objects.of(REPLY, mail.person, match.thread)
    said = _("Answer this mail to write to %(name)s: your answer goes to them, and to nobody else.") % {"name": match.newcomer}
    return footers.Footer(answer=said, address=address(row, REPLY), acts=(act_on(match, mail, CANNOT),))


def to_newcomer(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    """From the community; an answer lands in the conversation of the two."""
    thread = f"<thread-{context['thread'].pk}@{settings.MAIL_DOMAIN}>"
    return {"Reply-To": context["footer"].address, "References": thread}


def hooks_sample() -> dict[str, Any]:
    """A newcomer with a topic in common."""
    answer = "Answer this mail to write to Nora Lind: your answer goes to them, and to nobody else."
    return {
        "newcomer": "Nora Lind",
        "line": "Programme lead, Lakeside Kitchens",
        "labels": "Practitioner",
        "profile_url": "https://community.example.org/ambassadors/nora-lind/",
        "hooks": hooks.sample(),
        "url": "https://community.example.org/discussions/7/",
        "crib_url": "https://community.example.org/welcome/buddies/crib/",
        "footer": footers.sample(answer=answer, alone="", acts=()),
    }


def reminder_is_wanted(mail: OutgoingMail) -> bool:
    """While the buddy has not written, which they may have done since."""
    match = match_of(mail)
    return match is not None and match.status == S.WELCOMED and hooks_are_wanted(mail)


def thanks_are_wanted(mail: OutgoingMail) -> bool:
    """Once somebody else has taken over, or nobody; what stands between the two stays."""
    match = match_of(mail)
    return match is not None and match.status in (S.REPLACED, S.ENDED)


def thanks_context(mail: OutgoingMail) -> dict[str, Any]:
    """Of whom it speaks, and where the conversation is."""
    match = match_of(mail)
    assert match is not None  # noqa: S101  asked just before
    url = match.thread.get_absolute_url() if match.thread else reverse("welcome:buddy-list")
    return {"newcomer": str(match.newcomer), "url": settings.SITE_URL + url}


def thanks_sample() -> dict[str, Any]:
    """Of one newcomer."""
    return {"newcomer": "Nora Lind", "url": "https://community.example.org/discussions/7/"}


def noted_context(mail: OutgoingMail) -> dict[str, Any]:
    """Whether somebody else is known already is nothing that this mail says: the welcome will."""
    return {"url": settings.SITE_URL + reverse("welcome:buddy-list")}


_words_of_welcome: dict[str, Any] = {
    "context": welcome_context,
    "sample": welcome_sample,
    "still_wanted": welcome_is_wanted,
    "headers": talk.private_message_headers,
    "link": _url,
    "placeholders": ("buddy", "text", "url", "readers"),
    "required": ("text", "buddy"),
}
kinds.add(
    "buddy_welcome",
    Kind(
        name="buddy_welcome",
        approved_words=True,
        label=gettext_lazy("The welcome of your buddy"),
        description=gettext_lazy("Once, when you are new: from somebody who offered to be there for you in your first weeks."),
        **_words_of_welcome,
    ),
)
kinds.add(
    "buddy_takes_over",
    Kind(
        name="buddy_takes_over",
        approved_words=True,
        label=gettext_lazy("Another buddy says hello"),
        description=gettext_lazy("When you are new, and somebody else takes over from the buddy whom you had."),
        **_words_of_welcome,
    ),
)
_of_buddies: dict[str, Any] = {
    "headers": to_newcomer,
    "link": _url,
    "placeholders": ("newcomer", "url"),
    "required": ("newcomer", "url"),
    "asks": True,
}
kinds.add(
    "buddy_hooks",
    Kind(
        name="buddy_hooks",
        label=gettext_lazy("Somebody new for you to welcome"),
        description=gettext_lazy("If you welcome newcomers: who has come, and what the two of you could talk about."),
        context=hooks_context,
        sample=hooks_sample,
        still_wanted=hooks_are_wanted,
        **_of_buddies,
    ),
)
kinds.add(
    "buddy_reminder",
    Kind(
        name="buddy_reminder",
        label=gettext_lazy("A newcomer would be glad of a word"),
        description=gettext_lazy("If you welcome newcomers: once, a few days after a welcome that went out in your name."),
        context=hooks_context,
        sample=hooks_sample,
        still_wanted=reminder_is_wanted,
        **_of_buddies,
    ),
)
kinds.add(
    "buddy_thanks",
    Kind(
        name="buddy_thanks",
        label=gettext_lazy("Somebody else has taken over your newcomer"),
        description=gettext_lazy("If you welcome newcomers: when the team lets another buddy go on."),
        context=thanks_context,
        sample=thanks_sample,
        still_wanted=thanks_are_wanted,
        link=_url,
        placeholders=("newcomer", "url"),
        required=("newcomer",),
    ),
)
# Answers to one's own word, so they count towards no limit.
kinds.add(
    "buddy_another",
    Kind(
        name="buddy_another",
        label=gettext_lazy("You asked for another buddy by mail"),
        context=noted_context,
        sample=lambda: {"url": "https://community.example.org/welcome/buddies/"},
        optional=False,
        is_unlisted=True,
        placeholders=("url",),
    ),
)
