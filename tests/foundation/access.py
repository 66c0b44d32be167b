from foundation import calendar, tokens, uploads
from foundation.models import Token
from tests.access import LOGIN, Row
from tests.foundation import files


def upload(cast, audience):
    checked = uploads.checked(files.sent(files.picture(), "walk.jpg"))
    kept = uploads.upload_keep(checked, owner=cast.ambassador, audience=audience)
    return {"pk": kept.pk, "name": kept.name}


def calendar_of(cast) -> dict:
    """The address of the ambassador's calendar, which is all that their calendar has."""
    return {"token": tokens.text_of(tokens.issue(calendar.FEED, person=cast.ambassador))}


def live_calendars() -> list[int]:
    return list(Token.objects.filter(purpose="calendar", withdrawn_at=None).order_by("pk").values_list("pk", flat=True))


def a_calendar_each(cast) -> dict:
    for person in (cast.ambassador, cast.outsider, cast.staff, cast.superuser):
        tokens.issue(calendar.FEED, person=person)
    return {}


#                              visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("foundation:history-list", (LOGIN, 200, 200, 200, LOGIN, 200, 200)),
    Row("foundation:calendar-feed", (200, 200, 200, 200, 200, 200, 200), build=calendar_of),
    Row("foundation:calendar-feed", (410, 410, 410, 410, 410, 410, 410), build=lambda cast: {"token": "2" * 30}),
    Row("foundation:own-calendar-detail", (LOGIN, 200, 200, 403, LOGIN, 200, 200), state=live_calendars),
    Row("foundation:own-calendar-make", (LOGIN, 302, 302, 403, LOGIN, 302, 302), method="post", state=live_calendars),
    Row(
        "foundation:own-calendar-stop",
        (LOGIN, 302, 302, 403, LOGIN, 302, 302),
        method="post",
        build=a_calendar_each,
        state=live_calendars,
    ),
    Row("foundation:upload-show", (200, 200, 200, 200, 200, 200, 200), build=lambda cast: upload(cast, "public")),
    Row("foundation:upload-show", (404, 200, 200, 404, 404, 200, 200), build=lambda cast: upload(cast, "members")),
    Row("foundation:upload-show", (404, 200, 404, 404, 404, 200, 200), build=lambda cast: upload(cast, "staff")),
    Row("foundation:upload-show", (404, 200, 404, 404, 404, 404, 404), build=lambda cast: upload(cast, "holder")),
]
