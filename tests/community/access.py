from tests.access import LOGIN, Row

#                              visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("community:home", (200, 200, 200, 200, 200, 200, 200)),
    Row("community:desk", (LOGIN, 200, 200, 403, LOGIN, 200, 200)),
]
