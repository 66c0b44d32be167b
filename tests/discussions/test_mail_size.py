"""Large mail services cut a mail off after 102 kB: then its foot, with the word that stops it, would not be seen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from correspondence.models import OutgoingMail
from correspondence.rendering import message_for
from discussions import workflow
from discussions.models import Post
from tests import make
from tests.discussions import making

pytestmark = pytest.mark.django_db
CUT_OFF_AT = 102_000
LONG = "会議の前に読んでおくと役に立つことを、順に書きます。 " * 1800  # 48,600 signs, three bytes each


def html_of(mail: OutgoingMail) -> str:
    return message_for(mail).alternatives[0].content


def test_a_post_of_the_greatest_length_leads_on_to_the_site(alice, bob):
    thread = making.thread(making.topic(), alice, body=LONG)
    mail = OutgoingMail.objects.create(kind="thread_post", person=bob, key="1", about={"post": thread.posts.get().pk})

    html = html_of(mail)

    assert 60_000 < len(html.encode()) < CUT_OFF_AT
    for part in (html, message_for(mail).body):
        assert part.index("順に書きます") < part.index("It goes on on the site.") < part.index("Stop this mail")


def test_what_is_not_too_long_comes_whole_and_as_it_was_marked(alice, bob):
    thread = making.thread(making.topic(), alice, body="<p>Bring <strong>one</strong> question.</p>", is_rich=True)
    mail = OutgoingMail.objects.create(kind="thread_post", person=bob, key="1", about={"post": thread.posts.get().pk})

    assert "Bring <strong>one</strong> question.</p>" in html_of(mail)
    assert "It goes on" not in html_of(mail)


def test_a_digest_of_many_long_posts_shortens_those_that_come_last(alice, bob):
    space = making.micro(alice, openness="open")
    reader = making.join(space, make.ambassador("Rita Reader"))
    for number in range(12):
        thread = making.thread(space, alice, subject=f"Number {number}", body=f"Begin {number}. {LONG[:4000]} End {number}.")
        workflow.reply(thread, by=alice, body=f"Then {number}. {LONG[:4000]}")
    since = (timezone.now() - timedelta(days=1)).isoformat()
    about = {"since": since, "until": timezone.now().isoformat(), "amount": "full"}
    mail = OutgoingMail.objects.create(kind="digest", person=reader, key="digest", about=about)

    html = html_of(mail)

    assert Post.objects.count() == 24
    assert 50_000 < len(html.encode()) < CUT_OFF_AT
    assert ("End 11." in html, "End 0." in html, "Begin 4." in html) == (True, False, True)
