"""Forms of conversations."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from discussions.words import LONGEST

WORDS = forms.Textarea(attrs={"rows": 8})


class ThreadStartForm(forms.Form):
    """The beginning of a private conversation."""

    subject = forms.CharField(label=_("What it is about"), max_length=150)
    body = forms.CharField(label=_("Your message"), max_length=LONGEST, widget=WORDS)


class PostReplyForm(forms.Form):
    """An answer in a conversation."""

    body = forms.CharField(label=_("Your answer"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5}))
