"""What newcomers are mailed about their first weeks: two reminders at most, and an answer to each of their own answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.models import Affirmation, Ambassador, CommitmentsEdition
from correspondence.addresses import at_our_domain, community_sender, team_address
from correspondence.kinds import Kind, kinds
from correspondence.models import ReplyAddress
from welcome.models import Onboarding
from welcome.onboarding.registry import steps
from welcome.onboarding.standing import standing_of

if TYPE_CHECKING:
    from ambassadors.models import User
    from correspondence.models import OutgoingMail
    from welcome.onboarding.registry import Step

WEEKS, AFFIRM = "weeks", "affirm"
MOST_REMINDERS = 2


def word_of(step: Step) -> str:
    """How a step is called in an answer by mail."""
    return step.name.replace("-", " ")


def _own(mail: OutgoingMail) -> Onboarding | None:
    found: Onboarding | None = Onboarding.objects.filter(pk=mail.about.get("onboarding") or 0, person=mail.person).first()
    return found


def _is_wanted(mail: OutgoingMail) -> bool:
    """Asked when it is sent: something is left, and the person is there and would like to be asked."""
    own = _own(mail)
    if own is None or own.status != Onboarding.Status.OPEN:
        return False
    there = Ambassador.objects.available_on(timezone.now()).filter(user=own.person_id, is_observing=False)
    return there.exists() and bool(standing_of(own).left)


def _url() -> str:
    return settings.SITE_URL + reverse("welcome:first-weeks")


def _line(step: Step, person: User) -> dict[str, Any]:
    """One step as the mail tells of it."""
    return {
        "word": word_of(step),
        "title": step.title,
        "sentence": step.sentence,
        "minutes": step.minutes,
        "by_mail": step.by_mail,
        "url": settings.SITE_URL + step.url(person),
    }


def _reminder(mail: OutgoingMail) -> dict[str, Any]:
    own = _own(mail)
    assert own is not None and mail.person is not None  # noqa: S101, PT018  asked just before
    lines = [_line(step, mail.person) for step in standing_of(own).left]
    return _frame(lines, is_last=own.reminded >= MOST_REMINDERS) | {"answer_to": address_of(WEEKS, mail.person, own)}


def _frame(lines: list[dict[str, Any]], *, is_last: bool) -> dict[str, Any]:
    return {"lines": lines, "example": lines[0]["word"] if lines else "", "is_last": is_last, "url": _url(), "team": team_address()}


def address_of(door: str, person: User, target: Any) -> str:
    """Where an answer goes."""
    return at_our_domain(ReplyAddress.objects.of(door, person, target).local_part)


def _answered_there(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    """From and Reply-To both lead to the door: some programs answer the one, some the other."""
    sender = community_sender(context["answer_to"].partition("@")[0])
    return {"From": sender, "Reply-To": sender}


def _sample() -> dict[str, Any]:
    chosen = [steps[name] for name in ("affirm", "profile")]
    urls = {"affirm": "/commitments/", "profile": "/settings/profile/"}
    plain = {name: f"{settings.SITE_URL}{url}" for name, url in urls.items()}
    lines = [
        {"word": word_of(step), "title": step.title, "sentence": step.sentence, "minutes": step.minutes, "by_mail": step.by_mail}
        | {"url": plain[step.name]}
        for step in chosen
    ]
    return _frame(lines, is_last=False) | {"answer_to": f"{WEEKS}+…@{settings.MAIL_DOMAIN}"}


kinds.add(
    "first_weeks",
    Kind(
        name="first_weeks",
        label=gettext_lazy("Your first steps here"),
        description=gettext_lazy(
            "In your first weeks, twice at most in all, while something of your list is left. Each step can be skipped."
        ),
        context=_reminder,
        sample=_sample,
        still_wanted=_is_wanted,
        headers=_answered_there,
        link=lambda mail, context: str(context["url"]),
        placeholders=("example", "url"),
        required=("url",),
        asks=True,
        tells_by_itself=True,
    ),
)


def _left_of(mail: OutgoingMail) -> list[str]:
    own = _own(mail)
    return [str(step.title) for step in standing_of(own).left] if own else []


def _noted(mail: OutgoingMail) -> dict[str, Any]:
    """What was done with an answer. The words for it are chosen here, from what the row says was done."""
    did, names = str(mail.about["did"]), [name for name in mail.about.get("names", []) if name in steps]
    titles = [str(steps[name].title) for name in names]
    return {
        "did": SAID[did],
        "titles": titles,
        "places": [settings.SITE_URL + steps[name].url(mail.person) for name in names] if did == "do" and mail.person else [],
        "left": _left_of(mail),
        "url": _url(),
    }


SAID = {
    "skip": gettext_lazy("You skipped this. You can take it up again whenever you like:"),
    "nothing": gettext_lazy("That was done, or skipped, before. Nothing has changed:"),
    "later": gettext_lazy("All right: no reminder for the next two weeks."),
    "stop": gettext_lazy("All right: no more reminders. The list stays where it is, should you want it."),
    "about": gettext_lazy("We kept your words as a draft that nobody but you reads. One press on your profile puts them there."),
    "do": gettext_lazy("This is done on the site, here:"),
    "affirmed": gettext_lazy("Thank you. You affirmed the commitments."),
    "set aside": gettext_lazy("All right: we do not ask again. You can affirm them on the site at any time."),
}

kinds.add(
    "first_weeks_noted",
    Kind(
        name="first_weeks_noted",
        label=gettext_lazy("What became of your answer about your first steps"),
        description=gettext_lazy("When you answered a mail about your first steps."),
        context=_noted,
        sample=lambda: {
            "did": SAID["skip"],
            "titles": [_("Answer a first prompt")],
            "places": [],
            "left": [_("Affirm the commitments")],
            "url": _url(),
        },
        link=lambda mail, context: str(context["url"]),
        placeholders=("did", "url"),
        required=("did",),
        answers_own_words=True,
        tells_by_itself=True,
    ),
)


def _edition(mail: OutgoingMail) -> CommitmentsEdition | None:
    """The edition that the mail brings, while it holds and its recipient has not affirmed it."""
    edition = CommitmentsEdition.objects.current()
    said = Affirmation.objects.filter(ambassador__user=mail.person, edition=edition).affirmed()
    return edition if edition is not None and edition.pk == mail.about["edition"] and not said.exists() else None


def _commitments(mail: OutgoingMail) -> dict[str, Any]:
    edition = _edition(mail)
    assert edition is not None and mail.person is not None  # noqa: S101, PT018  asked just before
    items = [{"text": item.text, "explanation": item.explanation} for item in edition.items.all()]
    return {"items": items, "url": _commitments_url(), "answer_to": address_of(AFFIRM, mail.person, edition)}


def _commitments_url() -> str:
    return settings.SITE_URL + reverse("ambassadors:commitments")


kinds.add(
    "commitments_to_affirm",
    Kind(
        name="commitments_to_affirm",
        label=gettext_lazy("The commitments, to affirm by mail"),
        description=gettext_lazy("When you asked for them."),
        context=_commitments,
        sample=lambda: {
            "items": [{"text": _("We say what did not work."), "explanation": _("Among us first, and then to others.")}],
            "url": _commitments_url(),
            "answer_to": f"{AFFIRM}+…@{settings.MAIL_DOMAIN}",
        },
        still_wanted=lambda mail: _edition(mail) is not None,
        headers=_answered_there,
        link=lambda mail, context: str(context["url"]),
        placeholders=("url",),
        required=("url",),
        answers_own_words=True,
        tells_by_itself=True,
    ),
)
