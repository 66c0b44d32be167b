"""What an invited person fills in: a first profile, the code, and what they ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambassadors.cleaning import clean_line
from ambassadors.models import Ambassador, EngagementOffer
from foundation.models import RoleLabel, Sector

if TYPE_CHECKING:
    from ambassadors.models import Invitation

LONGEST = 1200


class InvitationAcceptForm(forms.Form):
    """A first profile, as the nomination has it: confirmed or changed by the one it is about. Members alone see it."""

    is_filter = True  # nothing but the name is required

    name = forms.CharField(label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    organization = forms.CharField(
        label=_("Organisation"), max_length=160, required=False, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    job_title = forms.CharField(
        label=_("What you do there"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    place = forms.CharField(
        label=_("Place"), max_length=120, required=False, help_text=_("A town and its country, such as: Porto, Portugal.")
    )
    sector = forms.ModelChoiceField(label=_("Sector"), queryset=Sector.objects.none(), required=False)
    role_labels = forms.ModelMultipleChoiceField(
        label=_("Role labels"),
        queryset=RoleLabel.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("From which seats you speak. They stand under your name."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visitor = AnonymousUser()
        self.fields["sector"].queryset = Sector.objects.visible_to(visitor).filter(is_offered=True)  # type: ignore[attr-defined]
        self.fields["role_labels"].queryset = RoleLabel.objects.visible_to(visitor).filter(is_offered=True)  # type: ignore[attr-defined]
        for name in ("sector", "role_labels"):
            if not self.fields[name].queryset.exists():  # type: ignore[attr-defined]
                del self.fields[name]  # a community without such words asks for none

    @classmethod
    def offered(cls, invitation: Invitation) -> InvitationAcceptForm:
        """What they confirmed before, or else what the nomination says of where they work: nothing else of it is shown."""
        case = invitation.nomination
        said = invitation.profile or {
            "name": invitation.name,
            "organization": case.organization,
            "job_title": case.job_title,
            "place": case.place,
            "sector": case.sector_id,
            "role_labels": [label.pk for label in case.role_labels.all()],
        }
        return cls(initial=said)

    def clean_name(self) -> str:
        return clean_line(self.cleaned_data["name"])

    def clean_organization(self) -> str:
        return clean_line(self.cleaned_data["organization"])

    def clean_job_title(self) -> str:
        return clean_line(self.cleaned_data["job_title"])

    def clean_place(self) -> str:
        return clean_line(self.cleaned_data["place"])

    def profile(self) -> dict[str, Any]:
        """What is kept of it until they have joined."""
        said = self.cleaned_data
        sector = said.get("sector")
        labels = sorted(label.pk for label in said.get("role_labels", []))
        return {**said, "sector": sector.pk if sector else None, "role_labels": labels}


class InvitationJoinForm(forms.Form):
    """The code that was mailed to the address of the link."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class InvitationDeclineForm(forms.Form):
    """No, with or without a reason."""

    is_filter = True

    reason = forms.CharField(
        label=_("Why not, if you like"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Only those who run the invitations read it. Whoever put you forward hears that you said no, and not why."),
    )


class InvitationAddressAskForm(forms.Form):
    """Another address of one's own."""

    email = forms.EmailField(label=_("Your other address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))


class PersonChoice(forms.ModelChoiceField):
    """Somebody who offers to talk, with where they work if visitors may know it."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.user.name)


class InvitationCallAskForm(forms.Form):
    """A call before one decides."""

    person = PersonChoice(
        label=_("With whom"), queryset=Ambassador.objects.none(), required=False, empty_label=_("Whoever has time")
    )
    words = forms.CharField(
        label=_("What you would like to know, and when it suits you"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Say how we reach you for it, and in which time zone you are."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = who_offers_a_call()  # type: ignore[attr-defined]


def who_offers_a_call() -> Any:
    """Those who ticked a way of taking part that welcomes newcomers, are there today, and let visitors know it."""
    visitor, now = AnonymousUser(), timezone.now()
    offers = EngagementOffer.objects.visible_to(visitor).available_on(now).filter(option__welcomes=True, option__is_offered=True)
    return (
        Ambassador.objects.visible_to(visitor)
        .filter(pk__in=offers.values("ambassador"))
        .select_related("user")
        .order_by("user__sort_name")
    )
