"""Who gets what from the questions between reviewers and authors."""

from products.models import RelayMessage
from tests import make
from tests.access import LOGIN, Row
from tests.products import secret_making as making


def asked_of_authors(cast):
    review = making.a_blind_review(cast.ambassador, making.rae())
    RelayMessage.objects.create(review=review, from_reviewer=True, by=review.reviewer, words="Are the six clubs of one town?")
    return {"slug": review.round.edition.product.slug, "number": 1}


def asked_in_one_review(cast):
    return asked_of_authors(cast) | {"pk": RelayMessage.objects.get().review_id}


def own_review(cast):
    return {"pk": making.a_blind_review(make.ambassador("Wilma Writer"), cast.ambassador).pk}


def passed_on():
    return list(RelayMessage.objects.order_by("pk").values_list("from_reviewer", "words"))


WORDS = {"words": "All of one town."}
#                                     visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("products:question-list", (LOGIN, 200, 404, 403, LOGIN, 404, 404), build=asked_of_authors, state=passed_on),
    Row(
        "products:question-answer",
        (LOGIN, 302, 404, 403, LOGIN, 404, 404),
        method="post",
        build=asked_in_one_review,
        data=lambda cast: WORDS,
        state=passed_on,
    ),
    Row("products:question-own-list", (LOGIN, 200, 404, 403, LOGIN, 404, 404), build=own_review, state=passed_on),
    Row(
        "products:question-ask",
        (LOGIN, 302, 404, 403, LOGIN, 404, 404),
        method="post",
        build=own_review,
        data=lambda cast: WORDS,
        state=passed_on,
    ),
]
