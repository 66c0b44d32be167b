"""Who gets what from the pages of peer review. The ambassador reviews what a row builds; nobody else of the cast has to do with it."""

from correspondence.models import OutgoingMail
from products.models import CommentAnswer, Edition, EditionComment, EditorDuty, Review, ReviewRound
from products.reviewing import workflow
from products.road import workflow as road
from tests import make
from tests.access import LOGIN, Row
from tests.products import making


def asked(cast) -> dict:
    edition = making.submitted(make.ambassador("Wilma Writer"))
    return {"pk": making.asked(edition, cast.ambassador).pk}


def begun(cast) -> dict:
    review = Review.objects.get(pk=asked(cast)["pk"])
    workflow.comment(review, by=cast.ambassador, words="Which clubs?")
    return {"pk": review.pk}


def commented(cast) -> dict:
    return begun(cast) | {"remark": EditionComment.objects.latest("pk").pk}


def to_answer(cast) -> dict:
    """An edition of the ambassador's came back, with a comment of a reviewer's."""
    edition = making.submitted(cast.ambassador)
    review = making.asked(edition)
    workflow.comment(review, by=review.reviewer, words="Which clubs?")
    making.finish(review)
    road.ask_for_revision(edition, by=making.editor(), revision=edition.revision, note="Name the clubs.")
    return {"slug": edition.product.slug, "number": 1}


def draft(cast) -> dict:
    """What the ambassador writes, and nobody has handed in."""
    return {"slug": making.draft(cast.ambassador).product.slug, "number": 1}


def one_to_answer(cast) -> dict:
    return to_answer(cast) | {"comment": EditionComment.objects.latest("pk").pk}


def seen_as_reviewer(cast) -> dict:
    return to_answer(cast) | {"who": "reviewer"}


def whole(cast) -> dict:
    """What a form brings that lacks nothing: no question is asked but the standing ones."""
    said = {"revision": Review.objects.get().revision, "against": "Six clubs are few.", "has_interest": "no", "verdict": "minor"}
    return said | {"openness": "editors", "for_authors": "Say where the clubs are."}


def edited(cast) -> dict:
    """An edition in review. Of the cast the outsider is an editor; the ambassador writes it."""
    EditorDuty.objects.create(person=cast.outsider)
    return {"slug": making.submitted(cast.ambassador).product.slug, "number": 1}


def in_round(cast) -> dict:
    where = edited(cast)
    making.round_of(Edition.objects.get())
    make.ambassador("Rhea Reader")
    return where


def with_reviewer(cast) -> dict:
    where = edited(cast)
    return where | {"review": making.asked(Edition.objects.get()).pk}


def a_round(cast) -> dict:
    said = {"revision": Edition.objects.get().revision, "due_on": "2099-01-01", "reviews_needed": 2}
    return said | {"hides": "nothing", "note": ""}


def rounds() -> list:
    found = list(ReviewRound.objects.order_by("pk").values_list("due_on", "reviews_needed", "closed_at"))
    return [*found, *Review.objects.order_by("pk").values_list("status", "reminded"), OutgoingMail.objects.count()]


def reviews() -> list:
    return list(Review.objects.order_by("pk").values_list("status", "against", "revision", "decline_words"))


def remarks() -> list:
    return list(EditionComment.objects.order_by("pk").values_list("words", "withdrawn_at"))


def answers() -> list:
    return list(CommentAnswer.objects.order_by("pk").values_list("did", "words"))


def an_answer(cast) -> dict:
    """The form of one comment carries its key."""
    pk = EditionComment.objects.get().pk
    return {f"{pk}-did": "changed", f"{pk}-words": ""}


#                                        visitor ambassador outsider alumnus removed staff superuser
MINE = (LOGIN, 200, 404, 403, LOGIN, 404, 404)
MINE_POST = (LOGIN, 302, 404, 403, LOGIN, 404, 404)


def act(name: str, build=asked, data=lambda cast: {}, expect=MINE_POST, state=reviews) -> Row:
    return Row(f"products:{name}", expect, method="post", build=build, data=data, state=state)


EDITOR = (LOGIN, 403, 200, 403, LOGIN, 404, 404)
EDITOR_POST = (LOGIN, 403, 302, 403, LOGIN, 404, 404)


def run(name: str, build=in_round, data=lambda cast: {}) -> Row:
    return act(name, build, data, EDITOR_POST, rounds)


ROWS = [
    Row("products:review-list", (LOGIN, 200, 200, 403, LOGIN, 200, 200), state=reviews),
    Row("products:review-detail", MINE, build=asked, state=reviews),
    act("review-save", data=whole),
    act("review-autosave", data=whole, expect=MINE),
    act("review-submit", data=whole),
    act("review-accept"),
    act("review-decline", data=lambda cast: {"words": "Harvest."}),
    act("remark-add", data=lambda cast: {"words": "Which clubs?"}, state=remarks),
    act("remark-change", commented, lambda cast: {"words": "Which six?"}, state=remarks),
    act("remark-withdraw", commented, state=remarks),
    Row("products:draft-remark-list", MINE, build=draft, state=remarks),
    act("draft-remark-add", draft, lambda cast: {"words": "Which clubs?"}, state=remarks),
    Row("products:comment-list", MINE, build=to_answer, state=answers),
    Row("products:edition-seen-as", MINE, build=seen_as_reviewer, state=answers),
    act("comment-answer", one_to_answer, an_answer, state=answers),
    Row("products:round-detail", EDITOR, build=in_round, state=rounds),
    run("round-open", edited, a_round),
    run("round-invite", data=lambda cast: {"person": "Rhea Reader"}),
    run("round-needs", data=lambda cast: {"reviews_needed": 1, "needs_fewer_because": "Few know it."}),
    run("round-day", data=lambda cast: {"due_on": "2099-02-01"}),
    run("round-close"),
    run("reviewer-remind", with_reviewer),
    run("reviewer-send-again", with_reviewer),
    run("reviewer-release", with_reviewer),
]
