"""The community's own words in mails: checked when they are saved, filled in when the mail is sent, never run as a template."""

from __future__ import annotations

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from correspondence.kinds import Kind, kinds
from correspondence.models import MailText

NAME = re.compile(r"\{\{\s*(.*?)\s*\}\}", re.DOTALL)
EVERYWHERE = ("community", "person", "site_url")


def allowed(kind: Kind) -> tuple[str, ...]:
    """The names that a text of this kind may use."""
    return tuple(dict.fromkeys((*EVERYWHERE, *kind.placeholders)))


def check(kind_name: str, part: str, body: str) -> None:
    """Raise ValidationError when the text could not be filled in, or would lack what the mail is sent for."""
    if kind_name not in kinds:
        raise ValidationError({"kind": _("There is no such kind of mail.")})
    kind = kinds[kind_name]
    used = NAME.findall(body)
    problems = [*_unknown(kind, used), *_unclosed(body)]
    if part == MailText.Part.TEXT:
        problems += _missing(kind, used)
    elif len(body.strip().splitlines()) > 1:
        problems.append(ValidationError(_("A subject is one line.")))
    if problems:
        raise ValidationError({"body": problems})


def own_words(kind: Kind) -> dict[str, str]:
    """The community's texts for this kind, by part."""
    return dict(MailText.objects.filter(kind=kind.name).values_list("part", "body"))


def fill(body: str, kind: Kind, context: dict[str, Any]) -> str:
    """Put the values in. A name that the kind no longer allows is left as it stands: nobody's mail fails over it."""
    names = allowed(kind)

    def value(match: re.Match[str]) -> str:
        name = match.group(1)
        return _said(context.get(name)) if name in names else match.group(0)

    return NAME.sub(value, body)


def _said(value: Any) -> str:
    return "" if value is None else str(value)


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"{{{{{name}}}}}" for name in names)


def _unknown(kind: Kind, used: list[str]) -> list[ValidationError]:
    message = _("{{%(name)s}} is not known here. You can use: %(allowed)s.")
    strangers = dict.fromkeys(name for name in used if name not in allowed(kind))
    return [ValidationError(message, params={"name": name, "allowed": _listed(allowed(kind))}) for name in strangers]


def _unclosed(body: str) -> list[ValidationError]:
    rest = NAME.sub("", body)
    found = next((mark for mark in ("{{", "}}", "{%", "%}") if mark in rest), None)
    return [ValidationError(_("%(mark)s stands alone: write a name as {{name}}."), params={"mark": found})] if found else []


def _missing(kind: Kind, used: list[str]) -> list[ValidationError]:
    missing = tuple(name for name in kind.required if name not in used)
    return (
        [ValidationError(_("The text needs %(names)s: without it, this mail is of no use."), params={"names": _listed(missing)})]
        if missing
        else []
    )
