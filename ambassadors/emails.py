"""What is said to people about their place in the community."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambassadors.models import Ambassador, ProfileQuestion, User
from correspondence.addresses import at_our_domain, community_sender
from correspondence.kinds import Kind, kinds
from correspondence.models import OutgoingMail, ReplyAddress
from correspondence.outbox import post


def invited_to_sign_in(ambassador: Ambassador) -> None:
    """Tell somebody that the house is open to them, and how to come in."""
    joined = ambassador.joined_at
    post(
        "invited_to_sign_in",
        ambassador.user,
        key=f"invited-to-sign-in:{ambassador.pk}:{joined:%Y%m%d%H%M%S}",
        ambassador=ambassador.pk,
    )


def goodbye(ambassador: Ambassador) -> None:
    """Thank somebody who left, and say what stays and where the way back is."""
    _tell("goodbye", ambassador)


def welcome_back(ambassador: Ambassador) -> None:
    """Tell an alumnus that the house is open again."""
    _tell("welcome_back", ambassador)


def _tell(kind: str, ambassador: Ambassador) -> None:
    moment = f"{timezone.now():%Y%m%d%H%M%S%f}"  # one may leave and come back more than once
    post(kind, ambassador.user, key=f"{kind}:{ambassador.pk}:{moment}", ambassador=ambassador.pk)


def _may_sign_in(mail: OutgoingMail) -> bool:
    return Ambassador.objects.filter(pk=mail.about["ambassador"], user__is_active=True).active().exists()


def _how_to_sign_in(mail: OutgoingMail) -> dict[str, Any]:
    return _door(User.objects.values_list("email", flat=True).get(ambassador=mail.about["ambassador"]))


def _door(email: str) -> dict[str, Any]:
    return {"email": email, "sign_in_url": f"{settings.SITE_URL}{reverse('account_request_login_code')}"}


def profile_question(question: ProfileQuestion) -> None:
    """Ask one thing about somebody's profile."""
    post("profile_question", question.person, key=f"profile-question:{question.pk}", question=question.pk)


def _question_of(mail: OutgoingMail) -> ProfileQuestion | None:
    asked = ProfileQuestion.objects.unanswered().filter(pk=mail.about["question"], person__is_active=True)
    found: ProfileQuestion | None = asked.select_related("person__ambassador").first()
    return found


def _question_is_wanted(mail: OutgoingMail) -> bool:
    """Not any more when it was answered on the site, or when the person is away, pausing, or observing by now."""
    question = _question_of(mail)
    if question is None:
        return False
    people = Ambassador.objects.available_on(timezone.now()).filter(user=question.person, is_observing=False)
    return not getattr(question.person.ambassador, question.field) and people.exists()


def _question_context(mail: OutgoingMail) -> dict[str, Any]:
    question = ProfileQuestion.objects.select_related("person__ambassador").get(pk=mail.about["question"])
    return _asked(question.field, str(question)) | {
        "answer_to": at_our_domain(ReplyAddress.objects.of("profile", question.person, question).local_part)
    }


def _asked(field: str, question: str) -> dict[str, Any]:
    url = settings.SITE_URL + reverse("ambassadors:profile-edit")
    return {"question": question, "hint": HINTS[field], "url": url}


def _question_headers(mail: OutgoingMail, context: dict[str, Any]) -> dict[str, str]:
    """From and Reply-To both lead to the draft: some programs answer the one, some the other."""
    sender = community_sender(context["answer_to"].partition("@")[0])
    return {"From": sender, "Reply-To": sender}


HINTS = {
    "ask_me_about": _(
        "A few words are plenty, with commas between them: “budgets in a small town, talking with funders, night shifts”."
    ),
    "walk_the_talk": _("One thing you changed because it did not work is worth more than a list. Two or three sentences will do."),
    "bio": _("Two or three sentences, as you would say them."),
    "tech_comfort": _(
        "One of these is enough: “at home”, “I get along”, “I like a hand”. Whoever welcomes you, or works with you in a pair, can then "
        "complement you. Nobody is better or worse for it."
    ),
}

kinds.add(
    "profile_question",
    Kind(
        name="profile_question",
        label=_("A question about your profile"),
        description=_(
            "Once a month at most, while something is missing by which others would find you. Answer by mail, or not at all."
        ),
        context=_question_context,
        sample=lambda: _asked("ask_me_about", str(ProfileQuestion.Field.ASK_ME_ABOUT.label)) | {"answer_to": "profile+…"},
        still_wanted=_question_is_wanted,
        headers=_question_headers,
        link=lambda mail, context: str(context["url"]),
        placeholders=("question", "hint", "url"),
        required=("question",),
    ),
)

kinds.add(
    "invited_to_sign_in",
    Kind(
        name="invited_to_sign_in",
        label=_("The house is open to you: how to sign in"),
        context=_how_to_sign_in,
        sample=lambda: _door("amina@people.example.org"),
        still_wanted=_may_sign_in,
        optional=False,
        placeholders=("email", "sign_in_url"),
        required=("sign_in_url",),
    ),
)
