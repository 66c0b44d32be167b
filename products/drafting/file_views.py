"""The files of an edition, for those who make it: add one, give one its next version, call it otherwise, take it away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation.workflow import TransitionRefused
from products import rules
from products.drafting import files
from products.drafting.file_forms import FileAddForm, FileReplaceForm, FileTitleForm
from products.drafting.lookups import edition_of, edition_to_write, reader_of
from products.drafting.views import MOVED_ON
from products.models import Edition, EditionFile

Forms = dict[tuple[str, str], forms.Form]  # those that were refused, by the file and what was to be done with it


@require_GET
def edition_files(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The files of an edition with all their versions."""
    return _page(request, edition_of(request, slug, number), {})


@require_POST
def edition_file_add(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One more."""
    edition = edition_to_write(request, slug, number)
    form = FileAddForm(request.POST, request.FILES)

    def act(said: dict[str, Any]) -> None:
        files.add_file(edition, said["file"], said["title"], by=reader_of(request))

    return _done(request, edition, form, about=("", "add"), act=act, done=_("Added. You can download it here, as readers will."))


@require_POST
def edition_file_replace(request: HttpRequest, slug: str, number: int, file: str) -> HttpResponse:
    """Its next version."""
    edition = edition_of(request, slug, number)
    if not rules.may_replace_file(reader_of(request), edition):
        raise PermissionDenied(_("Those who write it replace its files while it is written; once it is out, an editor does."))
    _must_be_there(edition, file)
    form = FileReplaceForm(request.POST, request.FILES, is_out=edition.is_out, prefix=file)

    def act(said: dict[str, Any]) -> None:
        files.replace_file(edition, file, said["file"], note=said["note"], by=reader_of(request))

    return _done(request, edition, form, about=(file, "replace"), act=act, done=_("The address leads to the new version now."))


@require_POST
def edition_file_retitle(request: HttpRequest, slug: str, number: int, file: str) -> HttpResponse:
    """Another title."""
    edition = edition_to_write(request, slug, number)
    _must_be_there(edition, file)
    form = FileTitleForm(request.POST, prefix=file)

    def act(said: dict[str, Any]) -> None:
        files.retitle_file(edition, file, said["title"], by=reader_of(request))

    return _done(request, edition, form, about=(file, "retitle"), act=act, done=_("Saved."))


@require_POST
def edition_file_remove(request: HttpRequest, slug: str, number: int, file: str) -> HttpResponse:
    """One less."""
    edition = edition_to_write(request, slug, number)
    _must_be_there(edition, file)

    def act(_said: dict[str, Any]) -> None:
        files.take_file_away(edition, file, by=reader_of(request))

    return _done(request, edition, forms.Form(request.POST), about=(file, "remove"), act=act, done=_("Taken away."))


def _done(
    request: HttpRequest,
    edition: Edition,
    form: forms.Form,
    *,
    about: tuple[str, str],
    act: Callable[[dict[str, Any]], None],
    done: str,
) -> HttpResponse:
    if not form.is_valid():
        return _page(request, edition, {about: form}, status=422)
    try:
        act(form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, edition, {about: form}, status=422)
    except TransitionRefused:
        messages.warning(request, MOVED_ON)
    else:
        messages.success(request, done)
    return redirect("products:edition-files", edition.product.slug, edition.number)


def _page(request: HttpRequest, edition: Edition, refused: Forms, status: int = 200) -> HttpResponse:
    me = reader_of(request)
    rows = EditionFile.objects.visible_to(me).filter(edition=edition).select_related("upload", "added_by")
    versions: dict[str, list[EditionFile]] = {}
    for row in rows.order_by("slug", "-number"):
        versions.setdefault(row.slug, []).append(row)
    may_write, may_replace = rules.may_write(me, edition), rules.may_replace_file(me, edition)
    context = {
        "edition": edition,
        "product": edition.product,
        "files": [_file(found, edition, refused) for found in versions.values()],
        "may_write": may_write,
        "may_replace": may_replace,
        "add_form": refused.get(("", "add")) or FileAddForm(),
        "is_full": len(versions) >= files.MOST,
    }
    return render(request, "products/drafting/edition_files.html", context, status=status)


def _file(found: list[EditionFile], edition: Edition, refused: Forms) -> dict[str, Any]:
    slug = found[0].slug
    return {
        "newest": found[0],
        "versions": found,
        "kind": found[0].upload.name.rpartition(".")[2].upper(),
        "replace_form": refused.get((slug, "replace")) or FileReplaceForm(is_out=edition.is_out, prefix=slug),
        "title_form": refused.get((slug, "retitle")) or FileTitleForm(initial={"title": found[0].title}, prefix=slug),
        "open": next((what for of, what in refused if of == slug), ""),
    }


def _must_be_there(edition: Edition, slug: str) -> None:
    if not EditionFile.objects.filter(edition=edition, slug=slug).exists():
        raise Http404
