from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest
import time_machine
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from community.models import NewsAddress, NewsItem
from community.stories.tasks import turn_pages
from community.stories.workflow import news as newsroom
from foundation import search
from foundation.models import Community, HistoryEntry
from foundation.publication import VERSION
from foundation.uploads import checked
from foundation.workflow import TransitionRefused
from tests import make
from tests.community import making
from tests.foundation.files import picture, sent
from tests.races import at_once

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"


def page(client, name: str, *args) -> str:
    return client.get(reverse(f"community:{name}", args=args)).content.decode()


def entries(client) -> list[ElementTree.Element]:
    return ElementTree.fromstring(client.get(reverse("community:news-feed")).content).findall(f"{ATOM}entry")


def where_it_is(client, news: NewsItem, reader) -> set[str]:
    """In which of the places that everybody reads the news stands now."""
    pages = {
        "list": page(client, "news-list"),
        "feed": page(client, "news-feed"),
        "sitemap": client.get("/sitemap.xml").content.decode(),
        "home": client.get("/").content.decode(),
    }
    found = {name for name, text in pages.items() if news.title in text or news.get_absolute_url() in text}
    found |= {"page"} if client.get(news.get_absolute_url()).status_code == 200 else set()
    return found | ({"search"} if search.search(reader, "ferry").hits else set())


@pytest.mark.row("J12")
def test_scheduled_news_is_nowhere_before_its_time_and_goes_out_by_itself(client, staff, alice):
    with time_machine.travel(NOON, tick=False):
        item = making.news("The ferry runs again", by=staff, status="draft")
        client.force_login(staff)
        client.post(f"/admin/community/newsitem/{item.pk}/move/schedule/", {"at": "2026-03-05T09:30", "seen": item.words_mark})
        client.logout()
        item.refresh_from_db()
    assert (item.status, item.publish_at) == ("scheduled", datetime(2026, 3, 5, 9, 30, tzinfo=UTC))

    with time_machine.travel(item.publish_at - timedelta(seconds=1), tick=False):
        turn_pages()
        assert where_it_is(client, item, alice) == set()
        assert client.get(item.get_absolute_url()).status_code == 404
    with time_machine.travel(item.publish_at, tick=False):
        assert where_it_is(client, item, alice) >= {"list", "feed", "page"}  # the clock has not looked yet
        turn_pages()
        assert where_it_is(client, item, alice) >= {"list", "feed", "page", "search"}
    item.refresh_from_db()
    assert item.status == "published"
    assert list(HistoryEntry.objects.filter(target_id=item.pk, via="clock").values_list("verb", "actor")) == [
        ("went out at its time", None)
    ]


def test_schedule_reads_the_time_in_the_zone_of_the_editor(client, db):
    editor = make.person("Elena Editor", is_staff=True, time_zone="America/New_York")
    item = making.news("Hours", by=editor, status="draft")
    client.force_login(editor)

    with time_machine.travel(NOON, tick=False):
        asked = client.get(f"/admin/community/newsitem/{item.pk}/move/schedule/").content.decode()
        client.post(f"/admin/community/newsitem/{item.pk}/move/schedule/", {"at": "2026-03-04T09:00", "seen": item.words_mark})

    item.refresh_from_db()
    assert "America/New_York, where it is now 2026-03-04 07:00" in asked
    assert item.publish_at == datetime(2026, 3, 4, 14, 0, tzinfo=UTC)


def test_schedule_refuses_a_time_that_has_passed_beside_the_field(client, staff):
    item = making.news("Late", by=staff, status="draft")
    client.force_login(staff)

    response = client.post(
        f"/admin/community/newsitem/{item.pk}/move/schedule/", {"at": "2020-01-01T09:00", "seen": item.words_mark}
    )

    item.refresh_from_db()
    assert "This time has passed" in response.content.decode()
    assert (item.status, item.publish_at) == ("draft", None)


def test_turning_pages_takes_a_new_version_when_something_went_out_and_only_then(staff, django_capture_on_commit_callbacks):
    item = making.news("At ten", by=staff, status="scheduled")
    with django_capture_on_commit_callbacks(execute=True):
        turn_pages()
    before = cache.get(VERSION)

    with django_capture_on_commit_callbacks(execute=True):
        turn_pages()
    assert cache.get(VERSION) == before

    with time_machine.travel(item.publish_at, tick=False), django_capture_on_commit_callbacks(execute=True):
        turn_pages()
    assert cache.get(VERSION) != before


def test_turning_pages_twice_lets_out_once(staff):
    item = making.news("Once", by=staff, status="scheduled")

    with time_machine.travel(item.publish_at):
        turn_pages()
        turn_pages()

    assert HistoryEntry.objects.filter(target_id=item.pk, verb="went out at its time").count() == 1


@pytest.mark.django_db(transaction=True)
def test_publish_and_withdraw_at_once_leave_one_state_with_its_history():
    staff = making.team()
    item = making.news("Tug of war", by=staff)
    newsroom.withdraw(item, by=staff)
    one, two = NewsItem.objects.get(pk=item.pk), NewsItem.objects.get(pk=item.pk)

    results = at_once(lambda: newsroom.publish(one, by=staff), lambda: newsroom.withdraw(two, by=staff))

    item.refresh_from_db()
    lines = list(
        HistoryEntry.objects.filter(target_id=item.pk, target_type__model="newsitem").order_by("pk").values_list("before", "after")
    )
    moves = [line for line in lines if line != ("", "")]
    assert all(after == before for (_, after), (before, _) in pairwise(moves)), moves
    assert moves[-1][1] == item.status
    assert [result for result in results if result is not None and not isinstance(result, TransitionRefused)] == []


def test_history_tells_of_the_state_that_was_left_not_of_the_one_that_was_read(staff):
    item = making.news("Read long ago", by=staff)
    read_before = NewsItem.objects.get(pk=item.pk)
    newsroom.withdraw(item, by=staff)

    newsroom.publish(NewsItem.objects.get(pk=item.pk), by=staff)
    newsroom.withdraw(item, by=staff)
    newsroom.publish(read_before, by=staff)

    last = HistoryEntry.objects.filter(target_id=item.pk, target_type__model="newsitem").latest("pk")
    assert (last.before, last.after) == ("withdrawn", "published")


@pytest.mark.django_db(transaction=True)
def test_two_beats_at_once_let_out_once():
    item = making.news("Two clocks", by=making.team(), status="scheduled")
    NewsItem.objects.filter(pk=item.pk).update(publish_at=timezone.now() - timedelta(seconds=1))

    results = at_once(newsroom.let_out_what_is_due, newsroom.let_out_what_is_due)

    assert sum(results) == 1


def test_publish_refuses_a_text_that_was_changed_since_it_was_read(staff):
    item = making.news("Draft", by=staff, status="draft")
    read = item.words_mark
    item.body = "<p>Something else.</p>"
    newsroom.keep(item, by=staff, changed=["body"])

    with pytest.raises(TransitionRefused):
        newsroom.publish(item, by=staff, seen=read)


def test_saving_a_text_does_not_move_its_state(staff):
    item = making.news("Draft", by=staff, status="draft")
    open_in_an_editor = NewsItem.objects.get(pk=item.pk)
    newsroom.publish(item, by=staff)

    open_in_an_editor.title = "Draft, with a better title"
    newsroom.keep(open_in_an_editor, by=staff, changed=["title"])

    item.refresh_from_db()
    assert (item.status, item.title) == ("published", "Draft, with a better title")


def test_only_the_support_team_moves_news(alice, staff):
    item = making.news("Ours", by=staff, status="draft")

    with pytest.raises(PermissionDenied):
        newsroom.publish(item, by=alice)


def test_withdrawn_news_is_gone_and_says_so(client, staff):
    item = making.news("It was wrong", by=staff, status="withdrawn")

    response = client.get(item.get_absolute_url())

    assert response.status_code == 410
    assert "taken back" in response.content.decode()
    assert item.title not in response.content.decode() + page(client, "news-list") + page(client, "news-feed")


def test_a_changed_address_leads_to_the_new_one(client, staff):
    item = making.news("First name", by=staff)
    client.force_login(staff)
    client.post(f"/admin/community/newsitem/{item.pk}/change/", written(item, slug="second-name"))
    client.logout()

    response = client.get("/news/first-name/")

    assert (response.status_code, response.headers["Location"]) == (301, "/news/second-name/")
    newsroom.withdraw(NewsItem.objects.get(pk=item.pk), by=staff)
    assert client.get("/news/first-name/").status_code == 410


def test_an_address_that_another_piece_had_is_refused(client, staff):
    item = making.news("First name", by=staff)
    NewsAddress.objects.create(news=item, slug="of-old")
    client.force_login(staff)

    response = client.post("/admin/community/newsitem/add/", written(NewsItem(title="New", body="<p>New.</p>"), slug="of-old"))

    assert "was known under this address" in response.content.decode()
    assert not NewsItem.objects.filter(slug="of-old").exists()


def test_a_piece_without_an_address_gets_a_free_one_from_its_title(client, staff):
    making.news("Same title", by=staff)
    client.force_login(staff)

    client.post("/admin/community/newsitem/add/", written(NewsItem(title="Same title", body="<p>Again.</p>"), slug=""))

    assert list(NewsItem.objects.order_by("pk").values_list("slug", flat=True)) == ["same-title", "same-title-2"]


def written(news: NewsItem, **changed) -> dict[str, str]:
    """What the admin's form sends."""
    return {
        "title": news.title,
        "slug": news.slug,
        "lead": news.lead,
        "body": news.body,
        "body-format": "html",
        "alt": "",
        **changed,
    }


def test_a_draft_is_shown_to_the_support_team_with_a_word_that_it_is_one(client, staff):
    item = making.news("Not yet", by=staff, status="draft")
    client.force_login(staff)

    assert "Only the support team sees this page" in client.get(item.get_absolute_url()).content.decode()
    assert item.title not in page(client, "news-list") + page(client, "news-feed")


def test_state_is_moved_by_buttons_alone(client, staff):
    item = making.news("Draft", by=staff, status="draft")
    client.force_login(staff)

    client.post(f"/admin/community/newsitem/{item.pk}/change/", written(item, status="published", publish_at_0="2020-01-01"))
    client.get(f"/admin/community/newsitem/{item.pk}/move/publish/")

    item.refresh_from_db()
    assert (item.status, item.publish_at) == ("draft", None)


def test_only_a_draft_may_be_thrown_away(client, staff):
    client.force_login(staff)
    draft, out = making.news("Draft", by=staff, status="draft"), making.news("Out", by=staff)

    answers = [client.post(f"/admin/community/newsitem/{one.pk}/delete/", {"post": "yes"}).status_code for one in (draft, out)]

    assert answers == [302, 403]
    assert list(NewsItem.objects.all()) == [out]


def test_the_feed_holds_whole_clean_texts_with_absolute_links(client, staff):
    body = '<p>Read <a href="/norms/">our norms</a>.</p><script>alert(1)</script>'
    making.news("Norms & more", by=staff, body=body, lead="A <short> word")

    (entry,) = entries(client)

    content = entry.findtext(f"{ATOM}content")
    assert entry.findtext(f"{ATOM}title") == "Norms & more"
    assert entry.findtext(f"{ATOM}summary") == "A &lt;short&gt; word"
    assert re.sub(r' (id|rel)="[^"]*"', "", content) == '<p>Read <a href="http://localhost:8000/norms/">our norms</a>.</p>'.replace(
        "http://localhost:8000", entry.find(f"{ATOM}link").get("href").removesuffix("/news/norms-more/")
    )
    assert entry.find(f"{ATOM}link").get("href").startswith("http")


def test_the_feed_answers_a_reader_who_has_it_already_with_nothing(client, staff):
    making.news("Same as before", by=staff)
    first = client.get(reverse("community:news-feed"))

    again = client.get(reverse("community:news-feed"), headers={"If-None-Match": first.headers["ETag"]})

    assert (first.headers["Content-Type"], again.status_code, again.content) == ("application/atom+xml; charset=utf-8", 304, b"")


def test_an_empty_feed_is_the_same_each_time(client, db):
    first = client.get(reverse("community:news-feed"))

    again = client.get(reverse("community:news-feed"), headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 304


def test_news_shows_the_authors_whom_the_reader_may_see(client, staff):
    seen, hidden = make.ambassador("Vera Visible", listed_for="public"), make.ambassador("Hilda Hidden", listed_for="members")
    item = making.news("By two of us", by=staff)
    item.authors.add(seen.ambassador, hidden.ambassador)

    as_visitor = client.get(item.get_absolute_url()).content.decode()
    client.force_login(hidden)
    as_member = client.get(item.get_absolute_url()).content.decode()

    assert ("Vera Visible" in as_visitor, "Hilda Hidden" in as_visitor) == (True, False)
    assert ("Vera Visible" in as_member, "Hilda Hidden" in as_member) == (True, True)


def test_machines_are_told_of_news_no_more_than_a_visitor_reads(client, staff):
    seen, hidden = make.ambassador("Vera Visible", listed_for="public"), make.ambassador("Hilda Hidden", listed_for="members")
    item = making.news("</script> & more", by=staff, lead="In short.")
    item.authors.add(seen.ambassador, hidden.ambassador)

    text = client.get(item.get_absolute_url()).content.decode()

    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text)
    told = json.loads(found)
    assert (told["@type"], told["headline"], [author["name"] for author in told["author"]]) == (
        "NewsArticle",
        "</script> & more",
        ["Vera Visible"],
    )


def test_news_leads_to_the_piece_before_and_the_piece_after(client, staff):
    items = [making.news(f"Piece {number}", by=staff, days_ago=number) for number in (3, 2, 1)]

    text = client.get(items[1].get_absolute_url()).content.decode()

    links = re.findall(r'class="news-nav__link[^"]*" rel="(\w+)" href="([^"]+)"', text)
    assert links == [("prev", items[0].get_absolute_url()), ("next", items[2].get_absolute_url())]


def test_the_list_goes_on_where_the_page_before_ended(client, staff):
    items = [making.news(f"Piece {number:02}", by=staff, days_ago=number) for number in range(1, 15)]

    first = page(client, "news-list")
    older = re.search(r'rel="next" href="(\?before=[^"]+)"', first)[1]
    second = client.get(reverse("community:news-list") + older).content.decode()

    titles = [re.findall(r"Piece \d\d", text) for text in (first, second)]
    assert titles == [[one.title for one in items[:12]], [one.title for one in items[12:]]]


@pytest.mark.parametrize("place", ["nonsense", "2026-01-01~1", "~", "2026-13-45T99:00+00:00~4", "x" * 500])
def test_a_place_that_is_none_begins_at_the_top(client, staff, place):
    making.news("The newest", by=staff)

    assert "The newest" in client.get(reverse("community:news-list"), {"before": place}).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_list_and_page_query_counts(client, staff, rows, django_assert_num_queries):
    for number in range(rows):
        item = making.news(f"Piece {number}", by=staff, days_ago=number + 1)
        item.authors.add(make.ambassador(f"Author {number}", listed_for="public").ambassador)
    Community.found()
    client.get("/")

    with django_assert_num_queries(2):
        client.get(reverse("community:news-list"))
    with django_assert_num_queries(4):
        client.get(item.get_absolute_url())
    with django_assert_num_queries(1):
        client.get(reverse("community:news-feed"))


def test_a_picture_is_read_by_whoever_reads_its_news(client, staff):
    item = making.news("With a picture", by=staff, status="draft")
    newsroom.keep(item, by=staff, picture=checked(sent(picture(), "boat.jpg")), alt="A boat")
    url = item.picture.get_absolute_url()

    before = client.get(url).status_code
    newsroom.publish(item, by=staff)
    out = client.get(url).status_code
    newsroom.withdraw(item, by=staff)
    after = client.get(url).status_code

    assert (before, out, after) == (404, 200, 404)


def test_published_between_is_for_digests(staff):
    now = timezone.now()
    items = [making.news(f"Piece {days}", by=staff, days_ago=days) for days in (1, 8, 15)]
    making.news("Next week", by=staff, status="scheduled")

    found = NewsItem.objects.published_between(now - timedelta(days=10), now + timedelta(days=10))

    assert set(found) == set(items[:2])
