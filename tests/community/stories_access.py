"""Who gets what of news, slides, words about the community and the page about the team."""

from community.models import TeamMember, Testimonial
from tests.access import LOGIN, Row
from tests.community import making


def news_that_is_out(cast):
    return {"slug": making.news("A door that opens", by=cast.staff).slug}


def slides_that_are_out(cast):
    return {"slug": making.deck("What we learned", by=cast.staff).slug}


def draft_of_news(cast):
    return {"slug": making.news("Not yet", by=cast.staff, status="draft").slug}


def draft_of_slides(cast):
    return {"slug": making.deck("Not yet", by=cast.staff, status="draft").slug}


def words_that_wait(cast):
    return {"pk": making.words_of(cast.ambassador, by=cast.staff, status="asked").pk}


def mark_of_the_words(cast):
    return {"seen": Testimonial.objects.get(person=cast.ambassador).words_mark}


def a_line_of_each(cast):
    """Everybody of the cast has a line of their own: nobody can reach another's."""
    for person in (cast.ambassador, cast.alumnus, cast.staff, cast.superuser):
        making.team_member(person, by=cast.staff)
    return {}


def all_ticked(cast):
    return {"name": "on", "text": "on", "seen": TeamMember.objects.get(user=cast.ambassador).words_mark}


def words():
    return sorted(Testimonial.objects.values_list("pk", "status"))


def lines():
    return sorted(TeamMember.objects.values_list("pk", "status"))


#                              visitor ambassador outsider alumnus removed staff superuser
ROWS = [
    Row("community:news-list", (200, 200, 200, 200, 200, 200, 200)),
    Row("community:news-feed", (200, 200, 200, 200, 200, 200, 200)),
    Row("community:news-detail", (200, 200, 200, 200, 200, 200, 200), build=news_that_is_out),
    Row("community:news-detail", (404, 404, 404, 404, 404, 200, 200), build=draft_of_news, query="?draft"),
    Row("community:deck-detail", (200, 200, 200, 200, 200, 200, 200), build=slides_that_are_out),
    Row("community:deck-detail", (404, 404, 404, 404, 404, 200, 200), build=draft_of_slides, query="?draft"),
    Row("community:about", (200, 200, 200, 200, 200, 200, 200)),
    # Each sees their own: those of `ambassador` are nobody else's, the support team's neither. An alumna finds what she said.
    Row("community:testimonial-list", (LOGIN, 200, 200, 200, LOGIN, 200, 200)),
    Row("community:testimonial-offer", (LOGIN, 200, 200, 403, LOGIN, 200, 200)),
    Row(
        "community:testimonial-offer",
        (LOGIN, 302, 302, 403, LOGIN, 302, 302),
        method="post",
        data=lambda cast: {"text": "I learned to ask.", "attribution": "first", "role": ""},
        state=Testimonial.objects.count,
        query="?offered",
    ),
    Row("community:testimonial-detail", (LOGIN, 200, 404, 404, LOGIN, 404, 404), build=words_that_wait, state=words),
    Row(
        "community:testimonial-agree",
        (LOGIN, 302, 404, 404, LOGIN, 404, 404),
        method="post",
        build=words_that_wait,
        data=mark_of_the_words,
        state=words,
    ),
    Row(
        "community:testimonial-withdraw",
        (LOGIN, 302, 404, 404, LOGIN, 404, 404),
        method="post",
        build=words_that_wait,
        state=words,
    ),
    Row("community:team-member-show", (LOGIN, 200, 200, 200, LOGIN, 200, 200), build=a_line_of_each, state=lines),
    Row(
        "community:team-member-confirm",
        (LOGIN, 302, 404, 302, LOGIN, 302, 302),
        method="post",
        build=a_line_of_each,
        data=all_ticked,
        state=lines,
    ),
    Row(
        "community:team-member-hide",
        (LOGIN, 302, 404, 302, LOGIN, 302, 302),
        method="post",
        build=a_line_of_each,
        state=lines,
    ),
]
