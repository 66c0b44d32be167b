"""What is said to people about their own data, their pause, their leaving. They asked for each of these, so none is optional."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ambassadors.models import Ambassador, Archive, Erasure
from correspondence.kinds import Kind, kinds

if TYPE_CHECKING:
    from collections.abc import Callable

    from django_stubs_ext import StrPromise

    from correspondence.models import OutgoingMail


def _page(name: str) -> str:
    return f"{settings.SITE_URL}{reverse(name)}"


def _archive(mail: OutgoingMail) -> Archive | None:
    found: Archive | None = Archive.objects.fetchable().filter(pk=mail.about["archive"]).first()
    return found


def _archive_is_there(mail: OutgoingMail) -> bool:
    return _archive(mail) is not None


def _about_archive(mail: OutgoingMail) -> dict[str, Any]:
    archive = _archive(mail)
    return {"url": _page("owndata:archive-detail"), "until": archive.expires_at if archive else None}


def _erasure(mail: OutgoingMail) -> Erasure | None:
    found: Erasure | None = Erasure.objects.planned().filter(pk=mail.about["erasure"]).first()
    return found


def _erasure_is_planned(mail: OutgoingMail) -> bool:
    return _erasure(mail) is not None


def _about_erasure(mail: OutgoingMail) -> dict[str, Any]:
    erasure = _erasure(mail)
    assert erasure is not None  # noqa: S101  asked just before
    own = erasure.asked_by_id == erasure.person_id
    can_sign_in = bool(mail.person and mail.person.is_active)
    return {"url": _page("owndata:erasure-detail"), "day": erasure.due_at, "by_staff": not own, "can_sign_in": can_sign_in}


def _has_standing(*standing: str) -> Callable[[OutgoingMail], bool]:
    return lambda mail: Ambassador.objects.filter(pk=mail.about["ambassador"], status__in=standing).exists()


def _in_a_week() -> Any:
    return timezone.now() + timedelta(days=7)


def _add(name: str, label: StrPromise, context: Any, sample: Any, **options: Any) -> None:
    kinds.add(name, Kind(name, label, context, sample, optional=False, **options))


_add(
    "archive_ready",
    _("Your archive is ready"),
    _about_archive,
    lambda: {"url": _page("owndata:archive-detail"), "until": _in_a_week()},
    still_wanted=_archive_is_there,
    placeholders=("url", "until"),
    required=("url",),
)
_add(
    "erasure_planned",
    _("Your account is going to be erased"),
    _about_erasure,
    lambda: {"url": _page("owndata:erasure-detail"), "day": _in_a_week(), "by_staff": False, "can_sign_in": True},
    still_wanted=_erasure_is_planned,
    even_inactive=True,
    placeholders=("url", "day"),
    required=("day",),
)
_add("erasure_done", _("Your account has been erased"), lambda mail: {}, dict)
_add(
    "goodbye",
    _("Goodbye, and thank you"),
    lambda mail: {"url": _page("owndata:leaving-detail"), "data_url": _page("owndata:archive-detail")},
    lambda: {"url": _page("owndata:leaving-detail"), "data_url": _page("owndata:archive-detail")},
    still_wanted=_has_standing("alumni"),
    placeholders=("url", "data_url"),
    required=("url",),
)
_add(
    "welcome_back",
    _("Welcome back"),
    lambda mail: {"url": _page("community:desk")},
    lambda: {"url": _page("community:desk")},
    still_wanted=_has_standing("active"),
    placeholders=("url",),
    required=("url",),
)
_add(
    "pause_over",
    _("Your pause is over"),
    lambda mail: {"url": _page("owndata:leaving-detail")},
    lambda: {"url": _page("owndata:leaving-detail")},
    still_wanted=_has_standing("active"),
    placeholders=("url",),
    required=("url",),
)
