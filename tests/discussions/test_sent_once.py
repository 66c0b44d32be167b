"""A form that is sent twice at the same moment, over two connections."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from discussions import workflow
from discussions.models import Post, Thread
from tests import make
from tests.discussions import making


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_post_once_and_both_are_led_to_it():
    alice, bob = make.ambassador("Alice Amadi"), make.ambassador("Bob Brandt")
    thread, key, both = making.thread(making.topic(), bob), uuid4(), Barrier(2)

    def press(_number: int) -> int:
        try:
            both.wait(timeout=10)
            return workflow.reply(thread, by=alice, body="A book about tides.", sent_key=key).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as presses:
        led_to = list(presses.map(press, range(2)))

    post = Post.objects.get(thread=thread, author=alice)
    assert led_to == [post.pk, post.pk]
    assert (post.number, Thread.objects.get().last_number) == (2, 2)
