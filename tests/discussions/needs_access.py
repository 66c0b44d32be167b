from discussions.models import Need
from foundation.models import Topic
from tests.access import LOGIN, Row
from tests.discussions import making


def somewhere(cast) -> dict:
    making.topic()
    Topic.objects.create(name="School budgets")
    return {}


def asked(cast) -> dict:
    from discussions.models import Space

    return {
        "subject": "A second pair of eyes",
        "topic": Topic.objects.get(name="School budgets").pk,
        "space": Space.objects.get(slug="everyday-questions").pk,
        "body": "Who has built one from nothing?",
    }


#                                        visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("discussions:need-start", (LOGIN, 200, 200, 403, LOGIN, 200, 200), build=somewhere, state=Need.objects.count),
    Row(
        "discussions:need-start",
        (LOGIN, 302, 302, 403, LOGIN, 302, 302),
        method="post",
        build=somewhere,
        data=asked,
        state=Need.objects.count,
    ),
]
