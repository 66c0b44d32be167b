from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from community.models import Page, PageEdition

NEXT_LOOK = timedelta(days=182)


class PageAddForm(forms.ModelForm):
    """A new page about how we work."""

    title = forms.CharField(max_length=120, label=_("Title"))

    class Meta:
        model = Page
        fields = ["title", "subject", "slug", "audience", "position"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].required = self.fields["slug"].required = True


class PageEditionForm(forms.ModelForm):
    """A draft, and which saving of it the one who writes has before them."""

    seen = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = PageEdition
        fields = ["title", "lead", "body", "note", "review_on"]
        widgets = {"lead": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}), "review_on": AdminDateWidget}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.revision

    def clean(self) -> dict[str, Any]:
        """Refuse to write over what a colleague saved in between; a second press, after this was said, does so on purpose."""
        # Locked until the text is saved: whoever saves at the same moment comes after us and is told.
        drafts = PageEdition.objects.drafts()  # unscoped: the admin has found the draft by who asks
        now = drafts.select_for_update(no_key=True).filter(pk=self.instance.pk).first()
        if now is None:
            raise ValidationError(
                _("This draft was published or thrown away while you were writing. Copy what you need from here.")
            )
        if self.cleaned_data.get("seen") != now.revision:
            self.data = MultiValueDict({**dict(self.data.lists()), "seen": [str(now.revision)]})  # type: ignore[attr-defined]
            raise ValidationError(
                _(
                    "%(who)s saved this draft at %(time)s, while you were writing. Your words are still here. Look at theirs in another "
                    "window; if you save again, yours take their place."
                ),
                params={
                    "who": now.written_by or _("Somebody"),
                    "time": timezone.localtime(now.written_at).strftime("%H:%M"),
                },
            )
        return self.cleaned_data


class ReviewForm(forms.Form):
    """When to look at the page again."""

    review_on = forms.DateField(label=_("Look at it again on"), widget=forms.DateInput(attrs={"type": "date"}))

    def clean_review_on(self) -> date:
        review_on: date = self.cleaned_data["review_on"]
        if review_on <= timezone.localdate():
            raise ValidationError(_("Choose a day that is still to come."))
        return review_on
