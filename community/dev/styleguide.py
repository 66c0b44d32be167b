"""/dev/styleguide/: every component as it lives, with the long names, errors and empty states that break a look first."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from ambassadors.privacy import ProfileCard
from community.dev.specimens import larger_parts
from foundation.access import public

LONG_NAME = "Maximiliane-Theodora von und zu Hohenstaufen-Wittelsbach y Fernández de la Vega"
LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitänswitwenversicherungsverein"
COLOURS = ["surface", "raised", "sunken", "line", "ink", "muted", "accent", "accent-soft", "danger", "success", "warning"]


class SpecimenForm(forms.Form):
    """One field of each sort."""

    name = forms.CharField(label=_("Name"), help_text=_("As you want to be called here."))
    email = forms.EmailField(label=_("E-mail address"), required=False)
    about = forms.CharField(label=_("About you"), widget=forms.Textarea, required=False)
    sector = forms.ChoiceField(label=_("Sector"), choices=[("", "—"), ("health", _("Health")), ("funders", _("Funders"))])
    visible = forms.ChoiceField(
        label=_("Who can see this"),
        choices=[("public", _("Everybody")), ("members", _("Ambassadors"))],
        widget=forms.RadioSelect,
    )
    menu = forms.MultipleChoiceField(
        label=_("How would you like to take part?"),
        choices=[("discuss", _("Discuss")), ("review", _("Write or review")), ("buddy", _("Welcome a newcomer"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    photo = forms.FileField(label=_("Photo"), required=False)
    agree = forms.BooleanField(label=_("I keep what is said here to myself."), help_text=_("You can ask to be quoted."))


@public
@require_GET
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show the components. Only the demo has this page."""
    if not settings.DEMO:
        raise Http404
    return render(request, "dev/styleguide.html", _specimens())


def _specimens() -> dict[str, Any]:
    wrong = SpecimenForm({"name": "", "email": "not an address", "sector": ""}, prefix="wrong")
    wrong.add_error(None, _("These two answers contradict each other."))
    levels = {
        messages.SUCCESS: _("Saved."),
        messages.INFO: _("Your buddy has been told."),
        messages.WARNING: _("The photo is very small."),
    }
    levels[messages.ERROR] = _("That did not work. Nothing was changed.")
    return {
        "colours": COLOURS,
        "long_name": LONG_NAME,
        "long_word": LONG_WORD,
        "roles": [_("Practitioner"), _("Funder"), _("Welcome buddy")],
        "cards": [
            ProfileCard(
                1, "Amara Okafor", "#s-person", role_labels=("Practitioner",), ask_me_about=str(_("surveys that families answer"))
            ),
            ProfileCard(2, LONG_NAME, "#s-person", job_title=LONG_WORD, organization=LONG_WORD, away_until=date(2027, 5, 3)),
        ],
        "form": SpecimenForm(initial={"name": "Amara Okafor"}, prefix="plain"),
        "wrong_form": wrong,
        "message_list": [Message(level, str(text)) for level, text in levels.items()],
        "segments": [
            {"label": _("All"), "url": "?show=all", "is_current": True, "number": 128},
            {"label": _("Health"), "url": "?show=health", "is_current": False, "number": 41},
            {"label": LONG_WORD, "url": "?show=long", "is_current": False, "number": 0},
        ],
        "pairs": [(_("Sector"), _("Human services")), (_("Place"), "Llanfairpwllgwyngyll"), (_("Organisation"), LONG_WORD)],
        "head": [_("Year"), _("Ambassadors"), _("Organisations"), _("Countries"), _("Micro-communities")],
        "rows": [["2024", 58, 51, 9, 4], ["2025", 97, 83, 14, 7], ["2026", 128, 104, 17, 9]],
        **larger_parts(LONG_NAME, LONG_WORD),
    }
