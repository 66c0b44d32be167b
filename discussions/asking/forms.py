"""Forms of Ask Me Abouts."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambassadors.forms import time_zones
from ambassadors.models import User
from ambassadors.picking import PersonField
from discussions.asking.sessions import Plan
from discussions.models import AskMeAbout, ReadingItem, Space
from foundation.fields import RichTextFormField, RichTextWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from discussions.models import Question


class DayInput(forms.DateInput):
    """A day, chosen as the browser lets one."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class HourInput(forms.TimeInput):
    """An hour, likewise."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class AskMeAboutForm(forms.Form):
    """What a host says of a session, before it opens."""

    space = forms.ModelChoiceField(Space.objects.none(), label=_("In which space"), empty_label=None)
    host = PersonField(
        label=_("Host"),
        required=False,
        max_length=120,
        help_text=_("The full name of an ambassador. Leave it empty if you host it yourself."),
    )
    subject = forms.CharField(label=_("Title"), max_length=150, help_text=_("“Ask me about …”"))
    about = forms.CharField(
        label=_("What you know about"), max_length=200, help_text=_("One line for the list: where your experience comes from.")
    )
    introduction = RichTextFormField(
        label=_("Introduction"),
        widget=RichTextWidget({"rows": 8}),
        help_text=_("Who you are, what you have seen, what you would like to be asked. It becomes the first post."),
    )
    opening = forms.CharField(
        label=_("Questions to begin with"),
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("One a line, to make it easy to begin: “What comes to mind when…?”"),
    )
    opens_on = forms.DateField(label=_("Opens on"), widget=DayInput())
    opens_time = forms.TimeField(label=_("at what hour"), widget=HourInput(), initial=time(9, 0))
    closes_on = forms.DateField(
        label=_("Open through"),
        widget=DayInput(),
        help_text=_("Until the end of this day, where you are. You can keep it open longer later."),
    )
    zone = forms.ChoiceField(label=_("Your time zone"))
    grace_days = forms.IntegerField(
        label=_("Days to go on answering"),
        min_value=0,
        max_value=60,
        initial=7,
        help_text=_("After the close. New questions are kept for you meanwhile."),
    )
    follow_up_weeks = forms.IntegerField(
        label=_("Weeks until we ask how it went"),
        min_value=0,
        max_value=52,
        initial=6,
        help_text=_("Whoever asked gets one mail, if they have not told by then. 0 for never."),
    )

    def __init__(self, *args: Any, reader: User, session: AskMeAbout | None = None, **options: Any) -> None:
        self.reader, self.session = reader, session
        super().__init__(*args, **{**options, "initial": {**_from_now(reader), **(_of(session) if session else {})}})
        zones, zone = time_zones(), self.initial["zone"]
        named = {"UTC", *(name for _region, cities in zones[1:] for name, _city in cities)}
        self.fields["zone"].choices = zones if zone in named else [(zone, zone), *zones]  # type: ignore[attr-defined]
        if session is not None:
            del self.fields["space"], self.fields["host"]
            return
        self.fields["space"].queryset = Space.objects.visible_to(reader).begun_in_by(reader)  # type: ignore[attr-defined]
        if Space.objects.led_by(reader).exists():  # unscoped: `led_by` says whose they are
            self.fields["host"].reader = reader  # type: ignore[attr-defined]
        else:
            del self.fields["host"]

    def plan(self) -> Plan:
        """What was said, without where and by whom."""
        return Plan(**{name: value for name, value in self.cleaned_data.items() if name not in {"space", "host"}})


def _from_now(reader: User) -> dict[str, Any]:
    today = timezone.localdate()
    return {"zone": reader.time_zone, "opens_on": today + timedelta(days=7), "closes_on": today + timedelta(days=14)}


def _of(session: AskMeAbout) -> dict[str, Any]:
    opens = timezone.localtime(session.opens_at, session.own_zone)
    names = ("about", "introduction", "opening", "zone", "closes_on", "grace_days", "follow_up_weeks")
    own = {name: getattr(session, name) for name in names}
    return own | {"subject": session.thread.subject, "opens_on": opens.date(), "opens_time": opens.time()}


class ExtendForm(forms.Form):
    """A later last day."""

    closes_on = forms.DateField(
        label=_("Open through"), widget=DayInput(), help_text=_("Until the end of this day, in the zone of the session.")
    )


class AnswerForm(forms.Form):
    """An answer to one question."""

    body = RichTextFormField(label=_("Your answer"), widget=RichTextWidget({"rows": 6}))


class SittingForm(forms.Form):
    """Answers to several questions in one sitting: those left empty go on waiting."""

    def __init__(self, *args: Any, questions: Sequence[Question], **options: Any) -> None:
        super().__init__(*args, **options)
        self.questions = {f"answer-{question.pk}": question for question in questions}
        for name in self.questions:
            self.fields[name] = RichTextFormField(label=_("Your answer"), required=False, widget=RichTextWidget({"rows": 4}))

    def answers(self) -> list[tuple[Question, str]]:
        """Each question with what was written."""
        return [(question, self.cleaned_data[name]) for name, question in self.questions.items() if self.cleaned_data[name]]

    def has_words(self) -> bool:
        """Whether there is an answer in it, be it one that cannot be posted as it stands."""
        return any(name in self.errors or self.cleaned_data.get(name) for name in self.questions)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not any(cleaned.values()) and not self.errors:
            raise forms.ValidationError(_("There is no answer in it yet."))
        return cleaned


class HandOverForm(forms.Form):
    """Who knows better, and a word to them."""

    to = PersonField(
        label=_("Ambassador"), max_length=120, help_text=_("The full name of somebody who knows. They are asked by mail, once.")
    )
    word = forms.CharField(
        label=_("A word to them"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("For them alone."),
    )

    def __init__(self, *args: Any, reader: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].reader = reader  # type: ignore[attr-defined]


class ReadingItemForm(forms.ModelForm):
    """Something to read that a post names."""

    url = forms.URLField(label=_("Link"), required=False, max_length=500, assume_scheme="https")

    class Meta:
        model = ReadingItem
        fields = ["title", "writer", "url", "note"]
        help_texts = {"note": _("In a line, in the words of whoever recommends it if you can.")}
