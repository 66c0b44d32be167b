from tests import make
from tests.access import LOGIN, Row
from welcome.models import NoSuggestions, PersonSetAside
from welcome.people import workflow


def somebody(cast) -> dict:
    return {"slug": make.ambassador("Somebody Else").ambassador.slug}


def set_aside(cast) -> dict:
    other = make.ambassador("Somebody Else")
    for person in (cast.ambassador, cast.outsider, cast.staff, cast.superuser, cast.alumnus):
        workflow.set_aside(other, by=person)
    return {"slug": other.ambassador.slug}


def off(cast) -> dict:
    for person in (cast.ambassador, cast.outsider, cast.staff, cast.superuser, cast.alumnus):
        workflow.switch_off(by=person)
    return {}


#                                                visitor ambassador outsider alumnus removed staff superuser
WHAT_ONE_DECIDES_FOR_ONESELF = (LOGIN, 302, 302, 403, LOGIN, 302, 302)
ROWS = [
    Row("welcome:people-list", (LOGIN, 200, 200, 403, LOGIN, 200, 200), state=NoSuggestions.objects.count),
    Row(
        "welcome:person-set-aside", WHAT_ONE_DECIDES_FOR_ONESELF, method="post", build=somebody, state=PersonSetAside.objects.count
    ),
    Row(
        "welcome:person-take-back", WHAT_ONE_DECIDES_FOR_ONESELF, method="post", build=set_aside, state=PersonSetAside.objects.count
    ),
    Row("welcome:people-switch-off", WHAT_ONE_DECIDES_FOR_ONESELF, method="post", state=NoSuggestions.objects.count),
    Row("welcome:people-switch-on", WHAT_ONE_DECIDES_FOR_ONESELF, method="post", build=off, state=NoSuggestions.objects.count),
]
