"""Who gets what from the page of a space on which mail from outside waits. The ambassador leads the space, which is closed or hidden."""

from correspondence.inbound.receiving import receive
from correspondence.models import InboundMail
from discussions.models import Post
from discussions.plain_mail.addresses import plain_address
from tests.access import LOGIN, Row
from tests.correspondence.letters import letter
from tests.discussions import making


def space_written_to(cast) -> dict:
    return {"slug": written_to(cast, "closed").slug}


def hidden_space(cast) -> dict:
    return {"slug": making.micro(cast.ambassador, openness="hidden").slug}


def mail_that_waits(cast) -> dict:
    space = written_to(cast, "closed")
    return {"slug": space.slug, "pk": InboundMail.objects.get(target_id=str(space.pk)).pk}


def written_to(cast, openness: str):
    """A space of the ambassador's to which a stranger has written."""
    space = making.micro(cast.ambassador, openness=openness)
    receive(letter("stranger@elsewhere.example", plain_address(space), "May I ask you something?"), plain_address(space))
    return space


def decided() -> list:
    return [*InboundMail.objects.order_by("pk").values_list("outcome", flat=True), Post.objects.count()]


#                         visitor ambassador outsider alumnus removed staff superuser
LEADERS = (LOGIN, 200, 403, 403, LOGIN, 403, 403)
LEADER_POSTS = (LOGIN, 302, 403, 403, LOGIN, 403, 403)
ROWS = [
    Row("discussions:space-mail-list", LEADERS, build=space_written_to),
    Row("discussions:space-mail-list", (LOGIN, 200, 404, 403, LOGIN, 404, 404), build=hidden_space),
    Row("discussions:space-mail-take-in", LEADER_POSTS, method="post", build=mail_that_waits, state=decided),
    Row("discussions:space-mail-discard", LEADER_POSTS, method="post", build=mail_that_waits, state=decided),
]
