from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from products.models import RelayMessage


class QuestionForm(forms.ModelForm):
    """A question to the other side, or an answer."""

    class Meta:
        model = RelayMessage
        fields = ["words"]
        labels = {"words": _("What you would like to ask or answer")}
        widgets = {"words": forms.Textarea(attrs={"rows": 4})}
