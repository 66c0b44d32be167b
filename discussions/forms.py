"""Forms of conversations."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.forms import Script
from django.utils.translation import gettext_lazy as _

from discussions.attachments import MOST, TOO_MANY, Attachment, AttachmentsField, attached_to
from discussions.models import Post
from foundation.fields import RichTextFormField, RichTextWidget
from foundation.models import Upload


class ComposerForm(forms.Form):
    """Where one writes: words and files. Its key is sent along, so that a second press of Send posts nothing.

    What it cleans to is what the functions of `discussions.workflow` take.
    """

    sent_key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    body = RichTextFormField(label=_("Your words"), widget=RichTextWidget({"rows": 8}))
    files = AttachmentsField()  # type: ignore[assignment]  # Django takes fields off the class: the attribute stays its own

    class Media:
        js = (Script("js/composer.js", defer=True), Script("js/people_picker.js", defer=True))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"sent_key": uuid4(), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)


class ThreadStartForm(ComposerForm):
    """The beginning of a private conversation."""

    subject = forms.CharField(label=_("What it is about"), max_length=150)
    body = RichTextFormField(label=_("Your message"), widget=RichTextWidget({"rows": 8}))
    field_order: tuple[str, ...] = ("subject", "body", "files")


class PostReplyForm(ComposerForm):
    """An answer in a conversation. `begun_at` is when its writer left the draft that is in it."""

    answers = forms.IntegerField(required=False, widget=forms.HiddenInput)
    body = RichTextFormField(label=_("Your answer"), widget=RichTextWidget({"rows": 5}))
    begun_at: datetime | None = None


class PostEditForm(forms.Form):
    """What somebody said, to say it differently. `revision` is the one they began with."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    body = RichTextFormField(label=_("Your words"), widget=RichTextWidget({"rows": 10}))
    without = forms.MultipleChoiceField(label=_("Files to take away"), required=False, widget=forms.CheckboxSelectMultiple)
    files = AttachmentsField()  # type: ignore[assignment]  # Django takes fields off the class: the attribute stays its own

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"body": post.body, "revision": post.revision}, **kwargs})
        self.there = list(attached_to(post))
        self.fields["without"].choices = [(str(upload.pk), _named(upload)) for upload in self.there]  # type: ignore[attr-defined]
        if not self.there:
            del self.fields["without"]

    def clean_files(self) -> list[Attachment]:
        """What is added, as far as there is room beside what stays."""
        files: list[Attachment] = self.cleaned_data["files"]
        if files and len(self.there) - len(self.cleaned_data.get("without", ())) + len(files) > MOST:
            raise forms.ValidationError(TOO_MANY)
        return files


def _named(upload: Upload) -> str:
    return f"{upload.name} ({upload.alt})" if upload.alt else upload.name


class PreviewForm(forms.Form):
    """Words to look at before they are said; in a conversation they are kept as a draft."""

    thread = forms.IntegerField(required=False)
    body = RichTextFormField(required=False)
