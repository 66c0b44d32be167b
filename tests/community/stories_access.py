"""Who gets what of news, slides and the page about the team."""

from tests.access import Row
from tests.community import making


def news_that_is_out(cast):
    return {"slug": making.news("A door that opens", by=cast.staff).slug}


def slides_that_are_out(cast):
    return {"slug": making.deck("What we learned", by=cast.staff).slug}


def draft_of_news(cast):
    return {"slug": making.news("Not yet", by=cast.staff, status="draft").slug}


def draft_of_slides(cast):
    return {"slug": making.deck("Not yet", by=cast.staff, status="draft").slug}


#                              visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("community:news-list", (200, 200, 200, 200, 200, 200, 200)),
    Row("community:news-feed", (200, 200, 200, 200, 200, 200, 200)),
    Row("community:news-detail", (200, 200, 200, 200, 200, 200, 200), build=news_that_is_out),
    Row("community:news-detail", (404, 404, 404, 404, 404, 200, 200), build=draft_of_news, query="?draft"),
    Row("community:deck-detail", (200, 200, 200, 200, 200, 200, 200), build=slides_that_are_out),
    Row("community:deck-detail", (404, 404, 404, 404, 404, 200, 200), build=draft_of_slides, query="?draft"),
    Row("community:about", (200, 200, 200, 200, 200, 200, 200)),
]
