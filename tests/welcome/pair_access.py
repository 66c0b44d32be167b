from django.utils import timezone

from tests.access import LOGIN, Row
from tests.welcome.matching import a_buddy, welcomed
from welcome.models import Buddy, BuddyMatch, BuddyText


def own_buddy(cast) -> dict:
    """The ambassador is new, and somebody welcomed them."""
    return {"pk": welcomed(cast.ambassador, a_buddy("Wanda Welcome")).pk}


def own_newcomer(cast) -> dict:
    """The ambassador welcomed somebody new."""
    buddy = Buddy.objects.create(person=cast.ambassador)
    BuddyText.objects.create(buddy=buddy, number=1, words="Hello {newcomer}.", approved_at=timezone.now())
    return {"pk": welcomed(a_buddy("Nora Newcomer").person, buddy).pk}


def quiet(cast) -> dict:
    found = own_newcomer(cast)
    BuddyMatch.objects.filter(**found).update(reminded_at=timezone.now(), offered_at=timezone.now())
    return found


def quiet_page(cast) -> dict:
    quiet(cast)
    return {}


def states() -> list[tuple]:
    return list(BuddyMatch.objects.order_by("pk").values_list("status", "ended_why"))


#                                        visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("welcome:buddy-list", (LOGIN, 200, 200, 403, LOGIN, 200, 200)),
    Row("welcome:buddy-crib", (LOGIN, 200, 200, 403, LOGIN, 200, 200)),
    Row("welcome:quiet-list", (LOGIN, 403, 403, 403, LOGIN, 200, 200), build=quiet_page),
    Row("welcome:match-another", (LOGIN, 302, 404, 403, LOGIN, 404, 404), method="post", build=own_buddy, state=states),
    Row("welcome:match-cannot", (LOGIN, 302, 404, 403, LOGIN, 404, 404), method="post", build=own_newcomer, state=states),
    Row("welcome:match-replace", (LOGIN, 403, 403, 403, LOGIN, 302, 302), method="post", build=quiet, state=states),
]
