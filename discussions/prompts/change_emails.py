"""What is mailed to those who answer a prompt first when it comes at another moment, or does not come."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy

from correspondence.kinds import Kind, kinds
from correspondence.models import OutgoingMail
from discussions.models import Prompt, PromptRound, Responder
from discussions.prompts.emails import frame, responder_of
from discussions.prompts.sample import sample


def _called_off_is_wanted(mail: OutgoingMail) -> bool:
    responder = responder_of(mail)
    return responder is not None and responder.round.status == PromptRound.Status.CALLED_OFF


def _called_off_context(mail: OutgoingMail) -> dict[str, Any]:
    responder = responder_of(mail)
    assert responder is not None  # noqa: S101  asked just before
    return frame(responder.round, responder.person) | {"url": settings.SITE_URL + responder.round.prompt.get_absolute_url()}


def _put_off_is_wanted(mail: OutgoingMail) -> bool:
    """Of several changes that were not told yet, the last one is told."""
    responder = responder_of(mail)
    if responder is None or responder.status != Responder.Status.ACCEPTED or not responder.round.is_to_come:
        return False
    return not OutgoingMail.objects.filter(kind=mail.kind, about__responder=responder.pk, pk__gt=mail.pk).exists()


def _put_off_context(mail: OutgoingMail) -> dict[str, Any]:
    responder = responder_of(mail)
    assert responder is not None  # noqa: S101  asked just before
    url = settings.SITE_URL + responder.get_absolute_url()
    return frame(responder.round, responder.person) | {"rests": responder.round.prompt.status == Prompt.Status.PAUSED, "url": url}


kinds.add(
    "prompt_called_off",
    Kind(
        name="prompt_called_off",
        label=gettext_lazy("A prompt was called off"),
        description=gettext_lazy("When you were asked to answer first and it does not take place."),
        context=_called_off_context,
        sample=sample,
        still_wanted=_called_off_is_wanted,
        link=lambda mail, context: str(context["url"]),
        placeholders=("title", "space", "opens", "zone", "url"),
        answers_own_words=True,
    ),
)
kinds.add(
    "prompt_put_off",
    Kind(
        name="prompt_put_off",
        label=gettext_lazy("A prompt that you answer first has another moment"),
        description=gettext_lazy("When you agreed to answer first and it comes later, or earlier, or rests for a while."),
        context=_put_off_context,
        sample=sample,
        still_wanted=_put_off_is_wanted,
        link=lambda mail, context: str(context["url"]),
        placeholders=("title", "space", "opens", "early", "zone", "url"),
        answers_own_words=True,
    ),
)
