"""Who gets what through the link in a reviewer's mail: whoever holds it, signed in or not, reads and writes that one review."""

from foundation import tokens
from foundation.uploads import CheckedFile, upload_keep
from products.models import EditionComment, EditionFile, RelayMessage, Review
from products.reviewing import link, workflow
from tests import make
from tests.access import LOGIN, Row
from tests.products import making as products
from tests.products import secret_making as making

ALL = (200,) * 7
DONE = (302,) * 7


def a_review():
    return products.asked(products.submitted(making.wilma()), making.rae())


def linked(review):
    return {"token": tokens.text_of(link.link_for(review))}


def a_link(cast):
    return linked(a_review())


def a_comment(cast):
    review = a_review()
    return linked(review) | {"remark": workflow.comment(review, by=review.reviewer, words="Who asked them?").pk}


def a_file_of(edition):
    upload = upload_keep(CheckedFile(b"Six clubs.", "clubs.txt", "text/plain; charset=utf-8"), owner=making.wilma())
    return EditionFile.objects.create(edition=edition, slug="clubs", title="The clubs", upload=upload)


def a_linked_file(cast):
    review = a_review()
    return linked(review) | {"pk": a_file_of(review.round.edition).pk}


def an_own_file(cast):
    review = making.a_blind_review(make.ambassador("Wilma Writer"), cast.ambassador)
    return {"pk": review.pk, "file": a_file_of(review.round.edition).pk}


def words(cast):
    return {"words": "Are the six clubs all of one town?"}


def written(cast):
    review = Review.objects.get()
    return {"revision": review.revision, "against": "Six clubs are few.", "has_interest": "no", "verdict": "minor"}


def state():
    return (
        list(Review.objects.values_list("status", "against", "revision")),
        list(EditionComment.objects.values_list("words", "withdrawn_at")),
        RelayMessage.objects.count(),
    )


def post(name, data=words, build=a_link, expect=DONE):
    return Row(f"products:review-link-{name}", expect, method="post", build=build, data=data, state=state)


ROWS = [
    Row("products:review-link", ALL, build=a_link, state=state),
    Row("products:review-link-file", ALL, build=a_linked_file, state=state),
    Row("products:review-declined", ALL),
    Row("products:review-file", (LOGIN, 200, 404, 403, LOGIN, 404, 404), build=an_own_file, state=state),
    post("save", written),
    post("autosave", written, expect=ALL),
    post("submit", written),
    post("accept"),
    post("decline"),
    post("comment"),
    post("comment-change", build=a_comment),
    post("comment-withdraw", build=a_comment),
    post("question"),
]
