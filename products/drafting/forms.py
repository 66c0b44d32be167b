"""Forms with which products begin and editions are written."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.forms import Script
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from discussions.models import Space
from foundation.fields import RichTextFormField
from foundation.models import Pillar, Topic
from foundation.taxonomy import topics_called
from products.drafting import merging, saving
from products.drafting.words import WHAT_IT_IS
from products.models import Edition, EditionPart, Product

if TYPE_CHECKING:
    from ambassadors.models import User

TITLE_TOO_LONG = _("At most 300 letters: this has %(show_value)d. A subtitle can say the rest.")
FOOTNOTES = _(
    "For a footnote put [^1] where it belongs, and say it in a paragraph of its own that begins with “[^1]:”. Any short name will do, "
    "and readers see numbers in the right order."
)


def _rows(number: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": number})


def _let_long_ones_in(form: forms.BaseForm) -> None:
    """A browser that knows a greatest length cuts what is pasted, without a word; the field says it when it is sent."""
    for field in form.fields.values():
        field.widget.attrs.pop("maxlength", None)


class ProductNewForm(forms.Form):
    """What it is to be, what it is called for now, and the space that writes it."""

    kind = forms.ChoiceField(label=_("What it is to be"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("What it is called"),
        max_length=300,
        error_messages={"max_length": TITLE_TOO_LONG},
        help_text=_("You can change it until it is published."),
    )
    space: forms.ModelChoiceField = forms.ModelChoiceField(
        Space.objects.none(),
        label=_("Who writes it"),
        required=False,
        empty_label=_("I do, with those whom I invite"),
        help_text=_("In a space its leaders and participants write, advisors comment, and promoters read."),
    )

    def __init__(self, *args: Any, spaces: QuerySet[Space], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _let_long_ones_in(self)
        kinds = [
            (kind.value, format_html("<span><strong>{}</strong> {}</span>", capfirst(kind.label), says))
            for kind, says in WHAT_IT_IS.items()
        ]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["space"].queryset = spaces  # type: ignore[attr-defined]
        if not spaces:
            del self.fields["space"]


class EditionForm(forms.ModelForm):
    """Some of the texts of an edition, and at most one of its parts. `shown` says what the page showed, for whoever saved meanwhile."""

    part_title = forms.CharField(
        label=_("Title of this part"), max_length=300, required=False, error_messages={"max_length": TITLE_TOO_LONG}
    )
    pillar: forms.ModelChoiceField = forms.ModelChoiceField(Pillar.objects.none(), label=_("Pillar"), required=False)
    body = RichTextFormField(label=_("Text"), required=False, help_text=FOOTNOTES)
    note = forms.CharField(
        label=_("What you changed"),
        max_length=300,
        required=False,
        help_text=_("For the others who write it. With a note, this version keeps its place in the list of versions."),
    )
    shown = forms.CharField(required=False, max_length=4000, widget=forms.HiddenInput)

    is_filter = True  # what is needed is said where one hands it in: no field has to say that it is optional

    class Meta:
        model = Edition
        fields = ["title", "subtitle", "summary", "objectives", "link", "medium", "licence", "changes"]
        widgets = {"title": _rows(1), "subtitle": _rows(1), "summary": _rows(4), "objectives": _rows(3), "changes": _rows(3)}
        error_messages = {"title": {"max_length": TITLE_TOO_LONG}, "subtitle": {"max_length": TITLE_TOO_LONG}}
        help_texts = {
            "summary": _("Two or three sentences for whoever wonders whether to read it."),
            "objectives": _("One line each."),
            "changes": _("Readers of the edition before find it beside the new one."),
            "link": _("The whole address, beginning with https://"),
        }

    class Media:
        js = (Script("js/edition.js", defer=True),)

    def __init__(self, *args: Any, names: list[str], part: EditionPart | None, **kwargs: Any) -> None:
        # What was typed must not look as if it were saved: the form fills a copy.
        super().__init__(*args, **{**kwargs, "instance": copy.copy(kwargs["instance"])})
        self.names, self.part = names, part
        own = self._of_part(part)
        for name in [name for name in self.fields if name not in {*names, *own, "note", "shown"}]:
            del self.fields[name]
        _let_long_ones_in(self)
        said = saving.kept(kwargs["instance"], names, part)
        self.initial.update({name: said[name] for name in own})
        self.initial["shown"] = merging.stamps({name: said[name] for name in [*names, *own]})

    def _of_part(self, part: EditionPart | None) -> list[str]:
        if part is None:
            return []
        if "title" in self.names:  # an article: its one text has neither title nor pillar of its own
            return ["body"]
        self.fields["pillar"].queryset = Pillar.objects.offered()  # type: ignore[attr-defined]  # unscoped: public words
        return ["part_title", "body", "pillar"]

    def clean_title(self) -> str:
        """A title is one line."""
        return " ".join(str(self.cleaned_data["title"]).split())

    def clean_subtitle(self) -> str:
        """Likewise."""
        return " ".join(str(self.cleaned_data["subtitle"]).split())

    def written(self) -> dict[str, str]:
        """What came from the page, by field."""
        given = {name: self.cleaned_data[name] for name in self.fields if name not in {"note", "shown"}}
        if "pillar" in given:
            given["pillar"] = str(given["pillar"].pk) if given["pillar"] else ""
        return {name: value.replace("\r\n", "\n") for name, value in given.items()}


class PartNewForm(forms.Form):
    """One more part."""

    title = forms.CharField(label=_("One more part, called"), max_length=300, error_messages={"max_length": TITLE_TOO_LONG})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _let_long_ones_in(self)


class ProductAboutForm(forms.ModelForm):
    """What a product is about and for whom: the lists and pages on which readers find it."""

    words = forms.CharField(
        label=_("Topics"), max_length=600, required=False, help_text=_("From the community's list, with commas between them.")
    )

    class Meta:
        model = Product
        fields = ["explains", "readership", "pillars"]
        widgets = {"pillars": forms.CheckboxSelectMultiple}

    is_filter = True

    def __init__(self, *args: Any, reader: User, asks_whom: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        published = Product.objects.visible_to(reader).published().exclude(pk=self.instance.pk).select_related("current")
        explains: Any = self.fields["explains"]
        explains.queryset, explains.label_from_instance = published, lambda product: product.current.title
        self.fields["pillars"].queryset = Pillar.objects.offered()  # type: ignore[attr-defined]  # unscoped: public words
        self.initial["words"] = ", ".join(self.instance.topics.values_list("name", flat=True))
        if not asks_whom:
            del self.fields["explains"]

    def clean_words(self) -> list[Topic]:
        """The topics that were named. A word that names none is said, so that nobody thinks it was taken."""
        topics, unknown = topics_called(str(self.cleaned_data["words"]).split(","))
        if unknown:
            raise forms.ValidationError(_("There is no topic called %(words)s.") % {"words": ", ".join(unknown)})
        return topics
