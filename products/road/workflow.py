"""The road of an edition: draft, in review, in revision, community review, approved, published, retired.

Each step names the revision that whoever takes it has read, tells everybody who took part (`edition_moved`), and asks under the lock of the
product what stands in its way (products/road/obstacles.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.models import Via
from foundation.publication import publication_changed
from foundation.workflow import Transition, TransitionRefused, apply, record
from products import rules
from products.drafting.files import carry_files_over
from products.drafting.workflow import keep_for_good, keep_revision
from products.models import Decision, Edition, EditionPart, KindRules, Product, ReviewRound
from products.reviewing.handed import given_away_in
from products.road import telling
from products.road.obstacles import in_the_way
from products.signals import edition_moved

if TYPE_CHECKING:
    from ambassadors.models import User

Status = Edition.Status
DRAFT, IN_REVIEW, IN_REVISION = Status.DRAFT, Status.IN_REVIEW, Status.IN_REVISION
COMMUNITY_REVIEW, APPROVED, PUBLISHED, RETIRED = Status.COMMUNITY_REVIEW, Status.APPROVED, Status.PUBLISHED, Status.RETIRED
ASKED = frozenset({IN_REVIEW, COMMUNITY_REVIEW, APPROVED})

SUBMIT = Transition("submit", frozenset({DRAFT, IN_REVISION}), IN_REVIEW, rules.may_submit, gettext_lazy("Hand it in"))
TAKE_BACK = Transition("take back", frozenset({IN_REVIEW, IN_REVISION}), DRAFT, rules.may_submit, gettext_lazy("Take it back"))
REVISE = Transition("ask for a revision", ASKED, IN_REVISION, rules.may_decide, gettext_lazy("Ask for a revision"))
SEND_BACK = Transition("send back", frozenset({IN_REVIEW}), DRAFT, rules.may_decide, gettext_lazy("Send it back"))
PRESENT = Transition(
    "present", frozenset({IN_REVIEW}), COMMUNITY_REVIEW, rules.may_decide, gettext_lazy("Present it to the community")
)
APPROVE = Transition("approve", frozenset({IN_REVIEW, COMMUNITY_REVIEW}), APPROVED, rules.may_decide, gettext_lazy("Approve it"))
PUBLISH = Transition("publish", frozenset({APPROVED}), PUBLISHED, rules.may_decide, gettext_lazy("Publish it"))
RETIRE = Transition("retire", frozenset({PUBLISHED}), RETIRED, rules.may_decide, gettext_lazy("Retire it"))
WITHDRAW = Transition("withdraw", frozenset({RETIRED}), RETIRED, rules.may_withdraw, gettext_lazy("Withdraw its text"))
DECIDED = {REVISE.name, SEND_BACK.name, PRESENT.name, APPROVE.name, PUBLISH.name, RETIRE.name, WITHDRAW.name}
NEEDS_NOTE = {REVISE.name, SEND_BACK.name}


def submit(edition: Edition, *, by: User, revision: int, note: str = "", is_nameless: bool = False, via: Via = Via.WEB) -> None:
    """Hand an edition in; `is_nameless` says that its authors looked for names in it, so that reviewers need not learn who wrote it.

    Raises ValidationError with everything that is missing.
    """
    with transaction.atomic():
        _read_again(edition)
        if SUBMIT.allowed(by, edition):
            _must_be_nameless(edition, is_nameless=is_nameless)
        said = {"submitted_at": timezone.now(), "is_nameless": is_nameless}
        _step(SUBMIT, edition, by=by, revision=revision, note=note, via=via, check="submit", **said)


def take_back(edition: Edition, *, by: User, note: str = "", via: Via = Via.WEB) -> None:
    """Write on: whoever was asked to review it is told so."""
    _step(TAKE_BACK, edition, by=by, note=note, via=via)


def ask_for_revision(edition: Edition, *, by: User, revision: int, note: str, via: Via = Via.WEB) -> None:
    """Give it back to its authors with what is to change. Raises ValidationError without a word about it."""
    _step(REVISE, edition, by=by, revision=revision, note=note, via=via)


def send_back(edition: Edition, *, by: User, revision: int, note: str, via: Via = Via.WEB) -> None:
    """It is not for us as it is: a draft of its authors' again, with the reason."""
    _step(SEND_BACK, edition, by=by, revision=revision, note=note, via=via)


def present(edition: Edition, *, by: User, revision: int, note: str = "", via: Via = Via.WEB) -> None:
    """The reviews are in and good: every ambassador reads it now. Raises ValidationError with what stands in the way."""
    _step(PRESENT, edition, by=by, revision=revision, note=note, via=via, check="decide")


def approve(edition: Edition, *, by: User | None, revision: int, note: str = "", via: Via = Via.WEB) -> None:
    """It may be published. From peer review straight away only where its kind has no community review."""
    with transaction.atomic():
        _read_again(edition)
        if edition.status == IN_REVIEW and KindRules.of(edition.product.kind).window_days:
            raise ValidationError(_("Every ambassador reads it first: present it to the community."))
        _step(APPROVE, edition, by=by, revision=revision, note=note, via=via, check="decide")


def publish(edition: Edition, *, by: User, revision: int, note: str = "", via: Via = Via.WEB) -> None:
    """Everybody reads it, at the address of its product and at its own. Raises ValidationError with what stands in the way."""
    with transaction.atomic():
        said: dict[str, Any] = {"published_at": timezone.now(), "published_by": by}
        _step(PUBLISH, edition, by=by, revision=revision, note=note, via=via, check="publish", **said)
        Product.objects.filter(pk=edition.product_id).update(current=edition, announced_at=None)  # what is out is no more to come
        publication_changed()


def retire(edition: Edition, *, by: User, because: str, is_withdrawn: bool = False, via: Via = Via.WEB) -> None:
    """It is not what we say any more: its address tells why. Its text stays at its permanent address unless it `is_withdrawn`."""
    _must_say_why(because)
    with transaction.atomic():
        said: dict[str, Any] = {"retired_at": timezone.now(), "retired_because": because.strip(), "is_withdrawn": is_withdrawn}
        _step(RETIRE, edition, by=by, note=because, via=via, **said)
        before = Edition.objects.filter(product=edition.product_id, status=PUBLISHED).order_by("-number").first()
        Product.objects.filter(pk=edition.product_id, current=edition).update(current=before)
        publication_changed()


def withdraw(edition: Edition, *, by: User, because: str, via: Via = Via.WEB) -> None:
    """The text of an edition that was retired before is nobody's to read any more. Raises ValidationError without a reason."""
    _must_say_why(because)
    with transaction.atomic():
        _step(WITHDRAW, edition, by=by, note=because, via=via, is_withdrawn=True, retired_because=because.strip())
        publication_changed()


def _must_be_nameless(edition: Edition, *, is_nameless: bool) -> None:
    """What is reviewed by people who are not to know who wrote it says so nowhere itself, and its authors have looked."""
    last = ReviewRound.objects.filter(edition=edition).order_by("-number").first()  # unscoped: the house's own work
    if last is not None and last.hides_authors and not is_nameless:
        raise ValidationError({"is_nameless": _("Its reviewers do not learn who wrote it: look for names, and say that you did.")})
    if is_nameless and (places := given_away_in(edition, organizations=False)):
        raise ValidationError({"is_nameless": places})


def _must_say_why(because: str) -> None:
    if not because.strip():
        raise ValidationError({"because": _("Say why: readers who come to it find this sentence.")})


@transaction.atomic
def begin_edition(product: Product, *, by: User, label: str, via: Via = Via.WEB) -> Edition:
    """Begin the next edition of a product with the words of its newest one, which stays as it is.

    Raises TransitionRefused while another edition is on the road, or where `by` does not write the product.
    """
    held = _lock(product.pk)
    if not rules.writes(by, held) or Edition.objects.on_the_road().filter(product=held).exists():
        raise TransitionRefused(f"{held} has an edition on the road, or is not theirs")
    source = Edition.objects.filter(product=held).order_by("-number")[0]
    fields = ("title", "subtitle", "summary", "objectives", "link", "medium", "licence")
    edition = Edition(product=held, number=source.number + 1, label=label, created_by=by, **{f: getattr(source, f) for f in fields})
    edition.full_clean(exclude=["product"])
    edition.save(force_insert=True)
    for part in source.parts.all():
        part.pk, part.edition, part._state.adding = None, edition, True
        part.save(force_insert=True)
    carry_files_over(source, edition)
    keep_revision(edition, by=by, via=via, note="")
    Product.objects.filter(pk=held.pk).update(newest=edition)
    record("began", edition, by=by, via=via, note=label)
    return edition


@transaction.atomic
def _step(
    move: Transition,
    edition: Edition,
    *,
    by: User | None,
    via: Via,
    note: str,
    revision: int | None = None,
    check: str = "",
    **fields: Any,
) -> None:
    if move.name in NEEDS_NOTE and not note.strip():
        raise ValidationError({"note": _("Say in a few words why: everybody who took part gets to read it.")})
    _read_again(edition)
    before = edition.status
    if not move.allowed(by, edition):
        raise PermissionDenied(f"{by} may not {move.name} {edition}")
    if before not in move.sources or (revision is not None and revision != edition.revision):
        raise TransitionRefused(f"{edition} has moved on, or was saved since it was read: {move.name}")
    if move.name in DECIDED:
        telling.refuse_names(edition, note)
    reasons = in_the_way(edition, check) if check else []
    if reasons:
        raise ValidationError(reasons)
    apply(move, edition, by=by, via=via, history_note=note, revision=revision, status_since=timezone.now(), **fields)
    keep_for_good(edition)
    if move.name in DECIDED:
        said = {"note": note.strip(), "revision": edition.revision, "by": by}
        telling.tell(Decision.objects.create(edition=edition, step=move.name, **said))
    elif move is SUBMIT:
        telling.tell_editors(edition)
    edition_moved.send(sender=Edition, edition=edition, before=before, by=by, note=note)


def _read_again(edition: Edition) -> None:
    """Steps, reviews and objections of one product pass one by one: what is judged is what stands there now."""
    _lock(edition.product_id)
    edition.refresh_from_db(
        from_queryset=Edition.objects.select_related("product__space")
    )  # unscoped: the rule of the step is asked next


def _lock(product_pk: int) -> Product:
    return Product.objects.select_for_update(of=("self",), no_key=True).select_related("space").get(pk=product_pk)


def parts_of(edition: Edition) -> list[EditionPart]:
    """The parts of an edition in their order."""
    return list(edition.parts.select_related("pillar"))
