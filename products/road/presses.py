"""The steps of the road as buttons: for each the workflow function, its form, and what is said when it is done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from foundation.workflow import Transition
from products import rules
from products.models import Edition, KindRules
from products.road import forms, workflow

if TYPE_CHECKING:
    from django import forms as django_forms
    from django_stubs_ext import StrPromise

    from ambassadors.models import User


A_WORD = _("A word about it")
FOR_ALL = _("Everybody who takes part reads it. It may stay empty.")


@dataclass(frozen=True)
class Press:
    """One button. `url_name` is its address; a `quiet` one lies folded, for it is not what usually comes next."""

    move: Transition
    do: Callable[..., None]
    url_name: str
    said: StrPromise
    form: type[django_forms.Form] = forms.StepForm
    note_label: StrPromise = A_WORD
    note_help: StrPromise = FOR_ALL
    quiet: bool = False

    @property
    def needs_note(self) -> bool:
        return self.move.name in workflow.NEEDS_NOTE


WHY = _("Everybody who took part reads it: authors, and whoever reviewed it.")
PRESSES: dict[str, Press] = {
    "submit": Press(
        workflow.SUBMIT,
        workflow.submit,
        "products:edition-submit",
        _("Handed in. The editors look after it now; you hear when it is decided."),
        form=forms.SubmitForm,
        note_label=_("A word to the editors"),
        note_help=_("What they should know, or whom they might ask. It may stay empty."),
    ),
    "publish": Press(workflow.PUBLISH, workflow.publish, "products:edition-publish", _("Published. Everybody can read it now.")),
    "approve": Press(workflow.APPROVE, workflow.approve, "products:edition-approve", _("Approved. It can be published.")),
    "present": Press(
        workflow.PRESENT, workflow.present, "products:edition-present", _("Every ambassador can read it now, and speak to it.")
    ),
    "revise": Press(
        workflow.REVISE,
        workflow.ask_for_revision,
        "products:edition-revise",
        _("Its authors have it again, with your words."),
        note_label=_("What should change"),
        note_help=WHY,
        quiet=True,
    ),
    "send_back": Press(
        workflow.SEND_BACK,
        workflow.send_back,
        "products:edition-send-back",
        _("It is its authors' draft again, with your words."),
        note_label=_("Why it is not for us as it is"),
        note_help=WHY,
        quiet=True,
    ),
    "take_back": Press(
        workflow.TAKE_BACK,
        workflow.take_back,
        "products:edition-take-back",
        _("It is your draft again. Whoever was asked to review it is told."),
        form=forms.TakeBackForm,
        quiet=True,
    ),
    "retire": Press(
        workflow.RETIRE,
        workflow.retire,
        "products:edition-retire",
        _("Retired. Whoever comes to its address reads why."),
        form=forms.RetireForm,
        quiet=True,
    ),
    "withdraw": Press(
        workflow.WITHDRAW,
        workflow.withdraw,
        "products:edition-withdraw",
        _("Its text is withdrawn. Whoever comes to its address reads why."),
        form=forms.WithdrawForm,
        quiet=True,
    ),
}


def offered(user: User, edition: Edition) -> list[str]:
    """The names of the buttons that `user` may press now."""
    moves = {name: press.move for name, press in PRESSES.items() if edition.status in press.move.sources}
    may = {rule: rule(user, edition) for rule in {move.allowed for move in moves.values()}}  # each is asked once
    names = [name for name, move in moves.items() if may[move.allowed]]
    if edition.status == Edition.Status.IN_REVIEW:
        has_window = bool(KindRules.of(edition.product.kind).window_days)
        names = [name for name in names if name != ("approve" if has_window else "present")]
    if "take_back" in names and rules.may_decide(user, edition):
        names = [name for name in names if name != "take_back"]  # editors give back what they read, with a word
    return names


def form_of(name: str, data: Any = None, *, edition: Edition) -> django_forms.Form:
    """The form of a button: with what was sent, or as it is first shown."""
    press = PRESSES[name]
    form = press.form(data, initial={"revision": edition.revision}, auto_id=f"{name}-{edition.number}-%s")
    if "note" in form.fields:
        form.fields["note"].required = press.needs_note
        form.fields["note"].label, form.fields["note"].help_text = press.note_label, press.note_help
    return form
