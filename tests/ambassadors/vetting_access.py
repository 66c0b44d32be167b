"""Who gets what from the pages of vetting. The ambassador assesses the case; the support team has no duty in it, and knows of nothing."""

from ambassadors.models import Concern, VettingAssignment
from tests import make
from tests.access import LOGIN, Row
from tests.ambassadors import admission_making as making


def a_case(cast, status="assigned"):
    case = making.nomination(make.ambassador("Nadia Nominator"), status="vetting")
    making.duty(cast.ambassador)
    maker = making.assignment if status == "assigned" else making.assessed
    return {"pk": maker(case, cast.ambassador).pk}


def a_given_case(cast):
    return a_case(cast, "assessed")


def a_duty(cast):
    a_case(cast)
    return {}


def words(cast):
    return {"revision": "1", "comment": "Half a thought."}


def whole(cast):
    case = VettingAssignment.objects.get().nomination
    marks = {f"mark-{one.pk}": "clearly" for one in case.criteria.criteria.filter(kind="must")}
    return {"revision": "1", "comment": "Yes.", "view": "invite", "acquaintance": "slightly", **marks}


def said():
    return list(VettingAssignment.objects.values_list("status", "comment", "amendment", "revision"))


def concerns():
    return Concern.objects.count()


DENIED = (LOGIN, 302, 404, 403, LOGIN, 404, 404)
#                                          visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("ambassadors:vetting-list", (LOGIN, 200, 404, 403, LOGIN, 404, 404), build=a_duty),
    Row("ambassadors:vetting-detail", (LOGIN, 200, 404, 403, LOGIN, 404, 404), build=a_case, state=said),
    Row("ambassadors:vetting-save", DENIED, "post", a_case, words, said),
    Row("ambassadors:vetting-give", DENIED, "post", a_case, whole, said),
    Row("ambassadors:vetting-amend", DENIED, "post", a_given_case, lambda cast: {"revision": "1", "text": "More."}, said),
    Row("ambassadors:vetting-concern", DENIED, "post", a_case, lambda cast: {"text": "They owe us."}, concerns),
    Row("ambassadors:vetting-step-back", DENIED, "post", a_case, state=said),
]
