from tests import make
from tests.access import LOGIN, Row
from tests.discussions import making
from tests.welcome.introducing import REASON, side_of
from welcome.introductions import workflow
from welcome.models import Introduction, IntroductionSide


def asked(cast) -> dict:
    """The ambassador is asked; whoever proposed it is nobody of the cast."""
    host, other = make.person("Hanna Host", is_staff=True), make.ambassador("Somebody Else")
    return {"pk": side_of(workflow.propose(cast.ambassador, other, REASON, by=host), cast.ambassador).pk}


def some(cast) -> dict:
    asked(cast)
    return {}


def leading(cast) -> dict:
    """The ambassador leads a space."""
    making.micro(cast.ambassador)
    make.ambassador("Ana Abel"), make.ambassador("Ben Ode")
    return {}


def state() -> list:
    sides = IntroductionSide.objects.order_by("pk").values_list("pk", "person", "answer")
    return [*Introduction.objects.order_by("pk").values_list("host", "reason", "status"), *sides]


#                                        visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("welcome:introduction-list", (LOGIN, 200, 200, 403, LOGIN, 200, 200), build=some, state=state),
    Row("welcome:introduction-start", (LOGIN, 200, 403, 403, LOGIN, 200, 200), build=leading, state=state),
    Row(
        "welcome:introduction-start",
        (LOGIN, 302, 403, 403, LOGIN, 302, 302),
        method="post",
        build=leading,
        data=lambda cast: {"one": "Ana Abel", "two": "Ben Ode", "reason": REASON},
        state=state,
    ),
    Row("welcome:introduction-accept", (LOGIN, 302, 404, 403, LOGIN, 404, 404), method="post", build=asked, state=state),
    Row("welcome:introduction-decline", (LOGIN, 302, 404, 403, LOGIN, 404, 404), method="post", build=asked, state=state),
]
