from discussions.models import Post
from tests.access import LOGIN, Row
from tests.discussions import making


def spaces_that_are_led(cast) -> dict:
    """A topic, which the support team leads, and a micro-community of the ambassador's."""
    making.topic()
    making.micro(cast.ambassador)
    return {}


#                                        visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("discussions:morning-detail", (LOGIN, 200, 403, 403, LOGIN, 200, 200), build=spaces_that_are_led, state=Post.objects.count),
]
