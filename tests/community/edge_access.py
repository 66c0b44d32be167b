from tests.access import Row


def pages_section(cast):
    return {"section": "pages"}


#                              visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("community:robots", (200, 200, 200, 200, 200, 200, 200)),
    Row("community:sitemap", (200, 200, 200, 200, 200, 200, 200)),
    Row("community:sitemap-section", (200, 200, 200, 200, 200, 200, 200), build=pages_section),
    Row("community:security-txt", (200, 200, 200, 200, 200, 200, 200)),
    Row("community:trap-show", (403, 200, 200, 200, 403, 200, 200)),
]
