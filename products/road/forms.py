"""What is said with a step of the road, and with what editors do beside it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambassadors.models import User
from products.models import EditorDuty, Product

NOTE_ROOM = 5000


def _words(rows: int = 3, **options: Any) -> forms.CharField:
    return forms.CharField(widget=forms.Textarea({"rows": rows}), max_length=options.pop("max_length", NOTE_ROOM), **options)


class StepForm(forms.Form):
    """A step that names the revision which whoever takes it has read."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10**8)
    note = _words(error_messages={"required": gettext_lazy("Say in a few words why: everybody who took part gets to read it.")})


class SubmitForm(StepForm):
    """Handing in."""

    is_nameless = forms.BooleanField(
        required=False,
        label=gettext_lazy("I looked for names: it can be reviewed without anybody knowing who wrote it"),
        help_text=gettext_lazy(
            "In the text, the files, the notes and the links: yours, and those of whoever you work for or write with."
        ),
    )


class TakeBackForm(forms.Form):
    """One takes back what one handed in, whatever it says by now."""

    note = _words(required=False)


class WithdrawForm(forms.Form):
    """Why what was retired is not to be read any more either."""

    because = _words(
        rows=2,
        max_length=500,
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("Readers who come to its address find this sentence."),
    )


class RetireForm(WithdrawForm):
    """Why it is not what the community says any more."""

    is_withdrawn = forms.BooleanField(
        required=False,
        label=gettext_lazy("Withdraw its text, too"),
        help_text=gettext_lazy(
            "For what is wrong or harmful. Otherwise it stays to be read at its permanent address, with a notice."
        ),
    )


class EditionBeginForm(forms.Form):
    """What the next edition is called."""

    label = forms.CharField(
        max_length=20,
        label=gettext_lazy("Name of the new edition"),
        help_text=gettext_lazy("As readers cite it: 2.0, Autumn 2027."),
    )


class AnnounceForm(forms.Form):
    """What is to come, and in which month."""

    announced_as = forms.CharField(
        max_length=300,
        label=gettext_lazy("Announced as"),
        help_text=gettext_lazy("What readers know it as until it is there. A new title of the draft does not change it."),
    )
    month = forms.CharField(
        max_length=7,
        label=gettext_lazy("Expected in"),
        widget=forms.TextInput({"type": "month", "placeholder": "2027-03"}),
        help_text=gettext_lazy("A month, as 2027-03."),
    )
    announcement = _words(rows=2, max_length=500, label=gettext_lazy("What is to come"), required=False)

    def clean_month(self) -> date:
        try:
            return date.fromisoformat(f"{self.cleaned_data['month'].strip()}-01")
        except ValueError:
            raise forms.ValidationError(_("Give a month, as 2027-03.")) from None


class AddressForm(forms.Form):
    """Another address."""

    slug = forms.SlugField(
        max_length=90,
        label=gettext_lazy("Last part of the address"),
        help_text=gettext_lazy("Small letters, numbers and hyphens. The address before leads here for ever."),
    )


class LeadOnForm(forms.Form):
    """Where the readers of something that is not out any more are led."""

    to = forms.ModelChoiceField(
        queryset=Product.objects.none(),
        required=False,
        label=gettext_lazy("Lead readers on to"),
        empty_label=gettext_lazy("nowhere"),
        to_field_name="slug",
    )

    def __init__(self, *args: Any, reader: User, product: Product, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        out = Product.objects.visible_to(reader).published().exclude(pk=product.pk).select_related("current")
        field.queryset = out.order_by("current__title", "pk")
        field.label_from_instance = lambda one: one.current.title
        self.initial.setdefault("to", product.moved_to.slug if product.moved_to else "")


class EditorForm(forms.Form):
    """Which editor sees it through."""

    editor = forms.ModelChoiceField(
        queryset=User.objects.none(),
        required=False,
        label=gettext_lazy("Who sees it through"),
        empty_label=gettext_lazy("all editors"),
    )

    def __init__(self, *args: Any, reader: User, product: Product, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["editor"]
        duties = EditorDuty.objects.visible_to(reader).here()
        makers = product.credits.authors().exclude(person=None).values("person")
        people = User.objects.filter(pk__in=duties.values("person"))  # unscoped: members know who is an editor
        field.queryset = people.exclude(pk__in=makers).order_by("sort_name")
        field.label_from_instance = lambda one: one.shown_name
        self.initial.setdefault("editor", product.editor_id)
