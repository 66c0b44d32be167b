"""The draft of a space with what its people say of it: an advisor comments on a passage, and changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from foundation.handed_back import words_of
from foundation.workflow import TransitionRefused
from products import rules
from products.drafting.content import content_of
from products.drafting.lookups import edition_of, reader_of
from products.models import Edition, EditionComment
from products.reviewing import text, workflow
from products.reviewing.forms import RemarkForm


@require_GET
def draft_remark_list(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The draft, and below each passage what was said of it."""
    return _page(request, edition_of(request, slug, number), None)


@require_POST
def draft_remark_add(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Say something of a passage, or of the whole."""
    edition, me = edition_of(request, slug, number), reader_of(request)
    if not rules.comments(me, edition.product):
        raise PermissionDenied(_("You read it. Its advisors and those who write it comment on it, while it is written."))
    form = RemarkForm(request.POST)
    if not form.is_valid():
        return _page(request, edition, form, status=422)
    try:
        workflow.comment_on_draft(edition, by=me, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return _page(request, edition, form, status=422)
    except TransitionRefused:
        messages.info(request, _("It is not written at the moment, so your comment was not noted."))
        return _page(request, edition_of(request, slug, number), None, unsaved=words_of(form), status=409)
    page = reverse("products:draft-remark-list", args=[slug, number])
    return redirect(f"{page}#{form.cleaned_data['block'] or 'whole'}")


def _page(
    request: HttpRequest, edition: Edition, form: RemarkForm | None, *, unsaved: Sequence[tuple[str, str]] = (), status: int = 200
) -> HttpResponse:
    me, place = reader_of(request), [edition.product.slug, edition.number]
    rows = EditionComment.objects.visible_to(me).filter(edition=edition, review=None).select_related("by").order_by("at", "pk")
    remarks = [_remark(one) for one in rows]
    on = f"{form['part'].value()}.{form['block'].value()}" if form else request.GET.get("on", "")[:100]
    part, _dot, block = on.partition(".")
    shown = form or RemarkForm(initial={"part": part, "block": block})
    may_comment, content = rules.may_comment(me, edition), content_of(edition)
    add_url = reverse("products:draft-remark-add", args=place)
    below = text.remarks_below(
        remarks,
        address=reverse("products:draft-remark-list", args=place) if may_comment else "",
        on=on if may_comment else "",
        form=shown,
        comment=add_url,
        token=get_token(request),
    )
    context: dict[str, Any] = {
        "edition": edition,
        "product": edition.product,
        "content": content,
        "parts": text.parts_of(content, below),
        "loose": text.without_passage(remarks, content),
        "may_comment": may_comment,
        "unsaved": unsaved,
        "add_url": add_url,
        "form": form if form is not None and not block else RemarkForm(),
    }
    return render(request, "products/reviewing/draft_remark_list.html", context, status=status)


def _remark(one: EditionComment) -> text.Remark:
    name = one.by.shown_name if one.by else _("A former member")
    return text.Remark(one.pk, part=one.part, block=one.block, quoted=one.quoted, words=one.words, name=name)
