from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from ambassadors.models import User
from community.models import Supporter, TeamMember
from community.stories.admin.kit import MovedByButtons
from community.stories.workflow import team
from foundation.admin_kit import SupportTeamAdmin
from foundation.uploads import CheckedImageField


class PictureForm(forms.ModelForm):
    """A form with one picture and what it shows."""

    picture_field = ""
    picture = CheckedImageField(longest_edge=800, required=False)
    alt = forms.CharField(required=False, max_length=300, label=_lazy("What the picture shows"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.present = getattr(self.instance, self.picture_field)
        self.fields["alt"].initial = self.present.alt if self.present else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (cleaned.get("picture") or self.present) and not cleaned.get("alt"):
            self.add_error("alt", _("Say in a few words what the picture shows, for those who do not see it."))
        return cleaned


class TeamMemberForm(PictureForm):
    """What could be shown of somebody."""

    picture_field = "photo"
    picture = CheckedImageField(longest_edge=800, required=False, label=_lazy("Photo"))

    class Meta:
        model = TeamMember
        fields = ["user", "role", "slug", "text", "position"]


class SupporterForm(PictureForm):
    """What the page says of a supporter."""

    picture_field = "logo"
    picture = CheckedImageField(longest_edge=800, required=False, label=_lazy("Logo"))

    url = forms.URLField(label=_lazy("Web site"), required=False, assume_scheme="https")

    class Meta:
        model = Supporter
        fields = ["name", "url", "text", "position", "is_shown"]

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"])
        if url and not url.startswith("https://"):
            raise ValidationError(_("Give the address as https://…"))
        return url


@admin.register(TeamMember)
class TeamMemberAdmin(MovedByButtons):
    """Who stands on the page about the team. Each is asked, and shows what they like of it."""

    form = TeamMemberForm
    list_display = ["user", "role", "status", "waits", "position"]
    list_select_related = ["user"]
    autocomplete_fields = ["user"]
    prepopulated_fields = {"slug": ["role"]}
    moves = team.MOVES
    meanings = {
        "hide": _lazy("They leave the page about the team. They can be asked again."),
        "ask": _lazy("They get a mail and a card on the desk, and say what is shown of them."),
    }

    @admin.display(description=_lazy("waits for their word"), boolean=True)
    def waits(self, member: TeamMember) -> bool:
        return member.waits_for_a_word

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        asked = ["user", "role", "slug", "text", "picture", "alt", "position"]
        return [*asked, "status", "shown_name", "shown_role", "shown_text", "agreed_at"] if obj else asked

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["user", "status", "shown_name", "shown_role", "shown_text", "agreed_at"] if obj else []

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else {"slug": ["role"]}

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def page_of(self, obj: Any) -> str:
        return str(obj.get_absolute_url()) if obj.status == TeamMember.Status.SHOWN else ""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        data = form.cleaned_data
        changed = ", ".join(form.changed_data)
        team.propose(obj, by=cast("User", request.user), photo=data.get("picture") or None, alt=data["alt"], changed=changed)


@admin.register(Supporter)
class SupporterAdmin(SupportTeamAdmin):
    """Organisations that make the community possible."""

    form = SupporterForm
    list_display = ["name", "url", "is_shown", "position"]
    fields = ["name", "url", "text", "picture", "alt", "position", "is_shown"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        data = form.cleaned_data
        changed = ", ".join(form.changed_data)
        team.keep_supporter(obj, by=cast("User", request.user), logo=data.get("picture") or None, alt=data["alt"], changed=changed)
