"""What one can set about oneself: each app registers its pages, the settings home lists them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from foundation.registry import Registry

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from ambassadors.models import User


def everybody(user: User) -> bool:
    """The answer of a page which is there for each signed-in person."""
    return True


@dataclass(frozen=True)
class SettingsPage:
    """One page about oneself: the group it stands in, its name, what one does there, and who has it. `weight` sorts groups and pages."""

    group: StrPromise
    title: StrPromise
    text: StrPromise
    url_name: str
    weight: int
    shown_to: Callable[[User], bool] = everybody


settings_pages: Registry[SettingsPage] = Registry("settings page")


def groups_for(user: User) -> list[dict[str, Any]]:
    """Return the person's groups of pages. A page whose address this installation does not have is left out."""
    pages = sorted((page for page in settings_pages if page.shown_to(user) and _url(page)), key=lambda page: page.weight)
    return [
        {"title": title, "entries": [{"title": page.title, "text": page.text, "url": _url(page)} for page in of_group]}
        for title, of_group in groupby(pages, key=lambda page: str(page.group))
    ]


def _url(page: SettingsPage) -> str:
    try:
        return reverse(page.url_name)
    except NoReverseMatch:
        return ""


settings_pages.add(
    "history",
    SettingsPage(
        _("Your data"), _("History"), _("What was done to your account, by whom and when."), "foundation:history-list", 90
    ),
)
settings_pages.add(
    "calendar",
    SettingsPage(
        _("You"),
        _("Your calendar"),
        _("What comes up here, in the calendar that you use anyway."),
        "foundation:own-calendar-detail",
        23,
        lambda user: user.is_member,
    ),
)
