"""Forms of conversations."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.fields import RichTextFormField, RichTextWidget


class ThreadStartForm(forms.Form):
    """The beginning of a private conversation."""

    subject = forms.CharField(label=_("What it is about"), max_length=150)
    body = RichTextFormField(label=_("Your message"), widget=RichTextWidget({"rows": 8}))


class PostReplyForm(forms.Form):
    """An answer in a conversation."""

    body = RichTextFormField(label=_("Your answer"), widget=RichTextWidget({"rows": 5}))


class PostEditForm(forms.Form):
    """What somebody said, to say it differently. `revision` is the one they began with."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    body = RichTextFormField(label=_("Your words"), widget=RichTextWidget({"rows": 10}))
