from tests.access import LOGIN, Row

#                                          visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("ambassadors:ambassador-list", (200, 200, 200, 200, 200, 200, 200)),
    Row(
        "ambassadors:ambassador-detail",
        (404, 200, 200, 404, 404, 200, 200),
        build=lambda cast: {"slug": cast.ambassador.ambassador.slug},
    ),
    Row("ambassadors:person-list", (LOGIN, 200, 200, 403, LOGIN, 200, 200), query="?q=ca"),
    Row("ambassadors:profile-edit", (LOGIN, 200, 200, 200, LOGIN, 200, 200)),
]
