"""The forms of the demo's mailbox."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.dev.writing import Writing, ours_in
from correspondence.inbound.parsing import addresses_in, one_line

UNKNOWN = ("robin@elsewhere.example", "Robin Farr")  # somebody whom the community does not know
MOST_BYTES = 12 * 1024 * 1024  # more than the site takes, so that one can see what it says then
ARRIVES = [
    ("pass", gettext_lazy("From where it says: the mail service of its sender stands behind it")),
    ("", gettext_lazy("Nothing was found out")),
    ("fail", gettext_lazy("From somewhere else: the sender is forged")),
]


class ManyFilesInput(forms.ClearableFileInput):
    """Several files in one field."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files, as many bytes together as a mail may reasonably have."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Return the list of files."""
        files = [super(ManyFilesField, self).clean(file, initial) for file in (data or [])]
        if sum(file.size for file in files) > MOST_BYTES:
            raise forms.ValidationError(_("Together they are larger than 12 megabytes."))
        return files


class MailboxAnswerForm(forms.Form):
    """What somebody answers. `people` are the addresses to choose the sender from, with the name of each."""

    sender = forms.EmailField(label=gettext_lazy("From"), max_length=None, widget=forms.Select)
    words = forms.CharField(
        label=gettext_lazy("Your words"), max_length=60_000, required=False, widget=forms.Textarea(attrs={"rows": 6})
    )
    attached = ManyFilesField(label=gettext_lazy("Files"), required=False, widget=ManyFilesInput)
    dmarc = forms.ChoiceField(
        label=gettext_lazy("What our mail server finds out about where it comes from"), choices=ARRIVES, required=False
    )

    def __init__(self, *args: Any, people: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        unknown = {UNKNOWN[0]: _("%(name)s, whom the community does not know") % {"name": UNKNOWN[1]}}
        shown = {address: name for address, name in people.items() if address != UNKNOWN[0]} | unknown
        self.fields["sender"].widget.choices = [
            (address, f"{name} · {address}" if name else address) for address, name in shown.items()
        ]

    def writing(self, to: str, subject: str, names: dict[str, str]) -> Writing:
        """Return the letter that was filled in; `names` are those of the senders that have one."""
        said, sender = self.cleaned_data, self.cleaned_data["sender"]
        name = names.get(sender.lower()) or dict([UNKNOWN]).get(sender, "")
        return Writing(name, sender, to, subject, said["words"], said["attached"], said["dmarc"])


class MailboxWriteForm(MailboxAnswerForm):
    """A letter of one's own."""

    to = forms.CharField(label=gettext_lazy("To"), max_length=2_000)
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=500, required=False)
    field_order = ["sender", "to", "subject", "words", "attached", "dmarc"]

    def clean_to(self) -> str:
        """Only what this site reads can be delivered here."""
        addresses = addresses_in([self.cleaned_data["to"]])
        for address in addresses:
            validate_email(address)
        if not ours_in(", ".join(addresses)):
            raise forms.ValidationError(_("None of this is an address of the community, and the demo sends nothing elsewhere."))
        return ", ".join(addresses)

    def clean_subject(self) -> str:
        """A line break would end it."""
        return one_line(self.cleaned_data["subject"])
