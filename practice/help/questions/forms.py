from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from practice.models import CommunityAnswer, CommunityQuestion


class QuestionForm(forms.ModelForm):
    """A question to the community."""

    class Meta:
        model = CommunityQuestion
        fields = ["words"]
        widgets = {"words": forms.Textarea(attrs={"rows": 8})}


class WordsForm(forms.ModelForm):
    """An answer, or what is asked back."""

    class Meta:
        model = CommunityAnswer
        fields = ["words"]
        widgets = {"words": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args: object, is_asker: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["words"]
        if is_asker:
            field.label = _("Ask back, or say what came of it")
            field.help_text = _("It goes out as you write it, without your organisation and without your name.")
        else:
            field.label = _("Your answer")
            field.help_text = _("Your name stands with it, for members and for the organisation that asked.")


class BecauseForm(forms.Form):
    """Why something is taken off."""

    because = forms.CharField(
        label=_("Why it is taken off"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever wrote it reads this."),
    )
