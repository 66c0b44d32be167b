from ambassadors.models import User
from tests.access import LOGIN, Row

FORM = {
    "name": "A new name",
    "time_zone": "Europe/Lisbon",
    "listed_for": "members",
    "organization_audience": "members",
    "job_title_audience": "members",
    "role_labels_audience": "members",
    "sector_audience": "members",
    "place_audience": "members",
    "ask_me_about_audience": "members",
    "bio_audience": "members",
    "languages_audience": "members",
    "photo_audience": "members",
    "topics_audience": "members",
    "walk_the_talk_audience": "members",
    "away_until_audience": "members",
    "hours_a_month_audience": "staff",
}


def names():
    return sorted(User.objects.values_list("name", flat=True))


#                                          visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("ambassadors:ambassador-list", (200, 200, 200, 200, 200, 200, 200)),
    Row(
        "ambassadors:ambassador-detail",
        (404, 200, 200, 404, 404, 200, 200),
        build=lambda cast: {"slug": cast.ambassador.ambassador.slug},
    ),
    Row("ambassadors:profile-edit", (LOGIN, 200, 200, 200, LOGIN, 200, 200)),
    Row("ambassadors:profile-edit", (LOGIN, 302, 302, 302, LOGIN, 302, 302), method="post", data=lambda cast: FORM, state=names),
]
