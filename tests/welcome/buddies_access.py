from tests.access import LOGIN, Row
from welcome.buddies import offering
from welcome.models import Buddy, BuddyText


def offered(cast) -> dict:
    """The ambassador welcomes newcomers, with approved words."""
    buddy = offering.offer(cast.ambassador, capacity=2)
    offering.write_words(buddy, "Hello {newcomer}", by=cast.ambassador)
    offering.approve_words(buddy, 1, by=cast.ambassador)
    return {}


def written(cast) -> dict:
    buddy = offering.offer(cast.ambassador, capacity=2)
    offering.write_words(buddy, "Hello {newcomer}", by=cast.ambassador)
    return {"number": 1}


def state() -> list:
    texts = BuddyText.objects.values_list("buddy__person", "number", "words", "approved_at", "withdrawn_at")
    return [*Buddy.objects.values_list("person", "capacity", "is_offering", "note"), *texts.order_by("pk")]


# Who has no ambassador profile offers nothing, the support team included.
#                                        visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("buddy:offer-edit", (LOGIN, 200, 200, 403, LOGIN, 200, 200), build=offered, state=state),
    Row(
        "buddy:offer-save",
        (LOGIN, 302, 302, 403, LOGIN, 403, 403),
        method="post",
        build=offered,
        data=lambda cast: {"capacity": 3, "note": "Not in August"},
        state=state,
    ),
    Row("buddy:offer-stop", (LOGIN, 302, 404, 403, LOGIN, 404, 404), method="post", build=offered, state=state),
    Row(
        "buddy:words-save",
        (LOGIN, 302, 404, 403, LOGIN, 404, 404),
        method="post",
        build=offered,
        data=lambda cast: {"words": "Good day {newcomer}"},
        state=state,
    ),
    Row("buddy:words-approve", (LOGIN, 302, 404, 403, LOGIN, 404, 404), method="post", build=written, state=state),
    Row("buddy:words-withdraw", (LOGIN, 302, 404, 403, LOGIN, 404, 404), method="post", build=offered, state=state),
]
