"""Who gets what of a benchmark: the administrators of the organisation whose round it is, and nobody else."""

from practice.models import BenchmarkConsent
from tests.access import LOGIN, Row
from tests.practice import benchmarking

#      visitor ambassador outsider alumnus removed staff superuser
OWN = (LOGIN, 200, 404, 404, LOGIN, 404, 404)
OWN_DONE = (LOGIN, 302, 404, 404, LOGIN, 404, 404)


def a_round(cast):
    return {"pk": benchmarking.own(cast.ambassador, is_agreed=False).pk}


def one_that_shares(cast):
    return {"pk": benchmarking.own(cast.ambassador).pk}


def state():
    return list(BenchmarkConsent.objects.values_list("organization", "withdrawn_at"))


ROWS = [
    Row("practice:benchmark-detail", OWN, build=one_that_shares, state=state),
    Row("practice:benchmark-agree", OWN_DONE, method="post", build=a_round, data=lambda cast: {"agrees": "on"}, state=state),
    Row("practice:benchmark-withdraw", OWN_DONE, method="post", build=one_that_shares, state=state),
]
