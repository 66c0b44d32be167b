from tests.access import LOGIN, Row
from welcome.models import OnboardingStep
from welcome.onboarding import workflow


def begun(cast) -> dict:
    """The ambassador's own first weeks."""
    workflow.begin(cast.ambassador)
    return {}


def a_step(cast) -> dict:
    return begun(cast) | {"name": "profile"}


def skipped(cast) -> dict:
    own = workflow.begin(cast.ambassador)
    workflow.skip(own, ["profile"], by=cast.ambassador)
    return {"name": "profile"}


def states() -> list[tuple]:
    return list(OnboardingStep.objects.values_list("onboarding__person", "name", "state"))


#                                        visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("welcome:first-weeks", (LOGIN, 200, 200, 403, LOGIN, 200, 200), build=begun, state=states),
    Row("welcome:step-skip", (LOGIN, 302, 404, 403, LOGIN, 404, 404), method="post", build=a_step, state=states),
    Row("welcome:step-resume", (LOGIN, 302, 404, 403, LOGIN, 404, 404), method="post", build=skipped, state=states),
]
