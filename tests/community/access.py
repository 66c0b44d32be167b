from tests.access import LOGIN, Row

#                              visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("community:home", (200, 200, 200, 200, 200, 200, 200)),
    Row("community:desk", (LOGIN, 200, 200, 403, LOGIN, 200, 200)),
    Row("community:accent", (200, 200, 200, 200, 200, 200, 200)),
    Row("community:mark", (200, 200, 200, 200, 200, 200, 200)),
    Row("community:manifest", (200, 200, 200, 200, 200, 200, 200)),
    Row("community:styleguide", (200, 200, 200, 200, 200, 200, 200)),  # the tests run as DEMO; without it: test_styleguide.py
]
