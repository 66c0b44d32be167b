"""What the ground floor keeps of people: the history, links that were sent, files. Here are their archive and their erasure."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing, suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from foundation.forgetting import PSEUDONYM, TAKEN_OUT, names_of
from foundation.models import HistoryEntry, SearchEntry, SetAside, Token, Upload
from foundation.privacy_export import ArchivedFile, Record, Section, exempt, sections
from foundation.uploads import upload_delete

if TYPE_CHECKING:
    from ambassadors.models import User


def addresses_of(person: User) -> list[str]:
    """Every address of the person, in small letters."""
    account: Any = person
    return sorted({address.lower() for address in (person.email, *account.emailaddress_set.values_list("email", flat=True))})


def history_of(person: User) -> Iterable[Record]:
    """The lines about the person, as they read them in their settings."""
    for entry in HistoryEntry.objects.about(person).iterator(chunk_size=500):
        yield {"at": entry.at, "what": entry.verb, "of": entry.target_name, "via": entry.via, "by": entry.shown_actor}


def unname_in_history(person: User) -> None:
    """Lines stay; names do not. What was noted of the person goes, whoever noted it."""
    lines = HistoryEntry.objects.all()
    names = names_of(person)
    lines.filter(target_type=ContentType.objects.get_for_model(person), target_id=str(person.pk)).update(target_name=PSEUDONYM)
    for name in names:
        lines.filter(target_name__icontains=name).update(target_name=PSEUDONYM)
        lines.filter(note__icontains=name).update(note=TAKEN_OUT)
    lines.filter(about=person).exclude(note="").update(note=TAKEN_OUT)
    lines.filter(actor=person).update(actor=None, actor_name=PSEUDONYM)
    lines.filter(about=person).update(about=None)


def links_of(person: User) -> Iterable[Record]:
    """The links that were made for the person: what for and until when. What opens them is kept nowhere."""
    for token in _tokens(person).order_by("pk").iterator(chunk_size=500):
        yield {"for": token.purpose, "made at": token.created_at, "good until": token.expires_at, "used at": token.used_at}


def forget_links(person: User) -> None:
    """Links go; who made or used one for somebody else is no longer said."""
    _tokens(person).delete()


def _tokens(person: User) -> QuerySet[Token]:
    return Token.objects.filter(Q(person=person) | Q(address__in=addresses_of(person)))


def uploads_of(person: User) -> Iterable[Record]:
    """What is known of each file that the person gave us."""
    for upload in Upload.objects.filter(owner=person).order_by("created_at", "pk").iterator(chunk_size=500):
        yield {
            "file": _name_in_archive(upload),
            "name": upload.name,
            "description": upload.alt,
            "size": upload.size,
            "given at": upload.created_at,
            "seen by": upload.get_audience_display(),
        }


def files_of(person: User) -> Iterable[ArchivedFile]:
    """The files themselves, as they are kept; one that is lost does not hold up the others."""
    for upload in Upload.objects.filter(owner=person).order_by("created_at", "pk").iterator(chunk_size=100):
        if upload.file.storage.exists(str(upload.file.name)):
            yield ArchivedFile(_name_in_archive(upload), partial(_opened, upload))


def _opened(upload: Upload) -> Any:
    return closing(upload.file.open("rb"))


def _name_in_archive(upload: Upload) -> str:
    return f"{str(upload.pk)[:8]}-{upload.name}"


def forget_uploads(person: User) -> None:
    """Files that were the person's alone go; those that belong to something which stays lose their owner, and a name that tells it."""
    of_people = ContentType.objects.get_for_models(*_models_of_people(person)).values()
    own = Upload.objects.filter(owner=person)
    alone = own.filter(Q(holder_type=None) | Q(holder_type__in=of_people))
    for upload in list(alone):
        with suppress(models.ProtectedError), transaction.atomic():  # what the community still shows stays, without its owner
            upload_delete(upload)
    for name in names_of(person):
        own.filter(alt__icontains=name).update(alt="")
    own.update(owner=None)


def _models_of_people(person: User) -> list[Any]:
    account: Any = person
    return [type(person), type(person)._meta.get_field("ambassador").related_model or type(account)]


def forget_search(person: User) -> None:
    """What a search finds of the account and the profile."""
    for of_person in filter(None, (person, getattr(person, "ambassador", None))):
        kind = ContentType.objects.get_for_model(of_person)
        SearchEntry.objects.filter(target_type=kind, target_id=str(of_person.pk)).delete()
    for name in names_of(person):
        SearchEntry.objects.filter(title__icontains=name).delete()


def found_of(person: User) -> Iterable[Record]:
    """What a search finds of the person, and who finds it."""
    for of_person in filter(None, (person, getattr(person, "ambassador", None))):
        kind = ContentType.objects.get_for_model(of_person)
        for entry in SearchEntry.objects.filter(target_type=kind, target_id=str(of_person.pk)).order_by("pk"):
            yield {"title": entry.title, "words": entry.text, "found by": entry.audience}


def set_aside_by(person: User) -> Iterable[Record]:
    """Cards that the person put out of sight on their desk for a while."""
    for row in SetAside.objects.filter(person=person).order_by("pk"):
        yield {"card": row.card, "until": row.until}


def forget_what_was_set_aside(person: User) -> None:
    """They go with the person."""
    SetAside.objects.filter(person=person).delete()


sections.add(
    "desk",
    Section(
        _("Cards you set aside on your desk"),
        set_aside_by,
        forget_what_was_set_aside,
        weight=68,
        models=("foundation.SetAside",),
    ),
)
sections.add(
    "history",
    Section(
        _("What was done with your account"),
        history_of,
        unname_in_history,
        weight=80,
        models=("foundation.HistoryEntry",),
        text=_(
            "Who did what with your account, and when. These lines cannot be changed; erasing you leaves “a former member” in them."
        ),
    ),
)
sections.add(
    "links",
    Section(
        _("Links that were made for you"),
        links_of,
        forget_links,
        weight=60,
        models=("foundation.Token",),
        text=_("What each link was for and until when it was good. The secret part of a link is not kept, so it is not in here."),
    ),
)
sections.add(
    "files",
    Section(
        _("Files you gave us"),
        uploads_of,
        forget_uploads,
        weight=40,
        models=("foundation.Upload",),
        text=_("Your photo and everything else you uploaded, with the files themselves."),
        files=files_of,
    ),
)
sections.add(
    "search",
    Section(
        _("What the search finds of you"),
        found_of,
        forget_search,
        weight=70,
        models=("foundation.SearchEntry",),
        text=_("A copy of your profile's words for each audience, so that a search finds you."),
    ),
)
exempt.add("foundation.Community", "the community itself: its addresses are its own")


def work_of(model: type[models.Model], label: Any, *keys: str, name: str, weight: int = 50) -> Section:
    """Register the section of rows which are the community's, and only say by `keys` who had to do with them: erasing empties the keys."""

    def export(person: User) -> Iterable[Record]:
        for key in keys:
            said: Any = model._meta.get_field(key)
            for row in model._default_manager.filter(**{key: person}).order_by("pk").iterator(chunk_size=500):
                yield {"what": str(row), "as": str(said.verbose_name)}

    def forget(person: User) -> None:
        for key in keys:
            model._default_manager.filter(**{key: person}).update(**{key: None})

    return sections.add(name, Section(label, export, forget, weight=weight, models=(model._meta.label,)))
