from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from ambassadors.models import User
from community.models import NewsAddress, NewsItem
from community.stories.admin.kit import MovedByButtons
from community.stories.workflow import news as newsroom
from foundation.uploads import CheckedImageField

RESERVED = ("update",)  # the archive of the Update lies there


class NewsForm(forms.ModelForm):
    """What a piece of news says."""

    new_picture = CheckedImageField(
        longest_edge=1600,
        required=False,
        label=_lazy("Picture"),
        help_text=_lazy("Shown wide above the text, and small in the list."),
    )
    alt = forms.CharField(
        required=False,
        max_length=300,
        label=_lazy("What the picture shows"),
        help_text=_lazy("For those who do not see it. Empty: decoration."),
    )
    drop_picture = forms.BooleanField(required=False, label=_lazy("Take the picture away"))

    class Meta:
        model = NewsItem
        fields = ["title", "slug", "lead", "body", "authors"]
        widgets = {"lead": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        self.fields["alt"].initial = self.instance.picture.alt if self.instance.picture else ""

    def clean(self) -> dict[str, Any]:
        """Without an address of its own, a piece of news gets one from its title."""
        cleaned = super().clean() or {}
        if not cleaned.get("slug") and "slug" not in self.errors:
            cleaned["slug"] = free_slug(cleaned.get("title", ""), self.instance)
        return cleaned

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"])
        if slug in RESERVED:
            raise ValidationError(_("This address belongs to another part of the site. Choose another one."))
        former = NewsAddress.objects.filter(slug=slug).exclude(news=self.instance.pk)  # unscoped: an address is public
        if slug and former.exists():
            raise ValidationError(_("Another piece of news was known under this address, and links to it are about."))
        return slug


def free_slug(title: str, news: NewsItem) -> str:
    """Return the nicest address for a title that no other piece of news has or had."""
    stem = slugify(title)[:90] or "news"
    others = NewsItem.objects.exclude(pk=news.pk)  # unscoped: an address is public
    former = NewsAddress.objects.all()  # unscoped: an address is public
    taken = set(RESERVED) | {
        slug for rows in (others, former) for slug in rows.filter(slug__startswith=stem).values_list("slug", flat=True)
    }
    return next(slug for number in range(1, len(taken) + 2) if (slug := stem if number == 1 else f"{stem}-{number}") not in taken)


class ScheduleForm(forms.Form):
    """When to let it out, in the editor's own time zone."""

    at = forms.DateTimeField(
        label=_lazy("Goes out"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zone = timezone.get_current_timezone_name()
        self.fields["at"].help_text = _("In your time zone, %(zone)s, where it is now %(now)s.") % {
            "zone": zone,
            "now": timezone.localtime().strftime("%Y-%m-%d %H:%M"),
        }


@admin.register(NewsItem)
class NewsItemAdmin(MovedByButtons):
    """News is written here, looked at on its own page, and let out by a button: now, or at a time."""

    form = NewsForm
    list_display = ["title", "status", "publish_at", "changed_at"]
    list_filter = ["status"]
    search_fields = ["title__unaccent", "lead__unaccent"]
    ordering = ["-pk"]
    autocomplete_fields = ["authors"]
    fields = ["title", "slug", "lead", "body", "new_picture", "alt", "drop_picture", "authors", "status", "publish_at"]
    readonly_fields = ["status", "publish_at"]
    moves = newsroom.MOVES
    move_forms = {"schedule": ScheduleForm}
    meanings = {
        "publish": _lazy("Everybody can read it at once: on the page of news, in the feed, by search."),
        "schedule": _lazy("It goes out by itself at this time. Until then only the support team can read it."),
        "unschedule": _lazy("It stays here as a draft, and does not go out by itself."),
        "withdraw": _lazy("It leaves the site, the feed and the search. Its address says that there was something here."),
    }
    preview_template = "admin/community/_news_preview.html"

    def actions_for(self, user: User, obj: Any) -> dict[str, str]:
        return newsroom.actions_for(user, obj)

    def page_of(self, obj: Any) -> str:
        return str(obj.get_absolute_url())

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was out is withdrawn, so that its address can say so; a draft may go."""
        return super().has_delete_permission(request, obj) and obj is not None and obj.status == NewsItem.Status.DRAFT

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        newsroom.keep(
            obj,
            by=cast("User", request.user),
            changed=form.changed_data,
            former_slug=form.initial.get("slug", ""),
            picture=form.cleaned_data.get("new_picture") or None,
            alt=form.cleaned_data["alt"],
            drop_picture=form.cleaned_data["drop_picture"],
        )
