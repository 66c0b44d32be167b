from tests.access import Row

#                                          visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row(
        "ambassadors:ambassador-detail",
        (404, 200, 200, 404, 404, 200, 200),
        build=lambda cast: {"slug": cast.ambassador.ambassador.slug},
    ),
]
