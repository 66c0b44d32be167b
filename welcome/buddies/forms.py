"""Forms of those who welcome newcomers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ambassadors.cleaning import clean_line
from ambassadors.models import User
from foundation.models import Topic
from welcome.buddies.words import MOST, check_words
from welcome.models import Buddy


class OfferForm(forms.ModelForm):
    """How many newcomers one takes, what one likes to talk about with them, and what the team should know."""

    class Meta:
        model = Buddy
        fields = ["capacity", "topics", "note"]
        widgets = {"topics": forms.CheckboxSelectMultiple, "capacity": forms.NumberInput(attrs={"inputmode": "numeric"})}
        help_texts = {
            "capacity": _("Two is plenty for most people. Newcomers count for about two months."),
            "topics": _("What you would like to be matched by. Leave all of them out, and those of your profile count."),
            "note": _("Only the support team reads it, such as: not in August."),
        }

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics: Any = self.fields["topics"]
        mine = Q(ambassadors__user=person) | (Q(pk__in=self.instance.topics.all()) if self.instance.pk else Q())
        topics.queryset = Topic.objects.visible_to(person).filter(mine).distinct().order_by("name")

    def clean_note(self) -> str:
        return clean_line(self.cleaned_data["note"])


class WordsForm(forms.Form):
    """The words that welcome a newcomer in one's name."""

    words = forms.CharField(
        label=_("Your words"),
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("Write {newcomer} where their name goes, {buddy} for yours, {community} for ours. Plain text, as in any mail."),
    )

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        check_words(words)
        return words
