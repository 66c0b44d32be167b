"""A comment where one reads it, with JavaScript: nothing that is typed in the form below is lost by it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from products.models import EditionComment, Review
from tests import make
from tests.products import making


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_one_comments_on_marked_words_in_their_place_and_what_one_wrote_below_is_kept(open_page):
    review = making.asked(making.submitted(make.ambassador("Wilma Writer")))
    page = open_page(review.reviewer)
    page.goto(reverse("products:review-detail", args=[review.pk]))

    page.get_by_role("textbox", name="To the authors").fill("Say where the clubs are.")
    page.get_by_text("Whoever stays longest").evaluate(
        "(p) => getSelection().setBaseAndExtent(p.firstChild, 0, p.firstChild, 'Whoever stays longest'.length)"
    )
    page.locator("a[data-remark]").click()
    page.locator(".below textarea").fill("Longest of whom?")
    page.locator(".below form button").click()
    page.get_by_text("Change it, or take it back").wait_for()

    made = EditionComment.objects.get()
    assert (made.quoted, made.words) == ("Whoever stays longest", "Longest of whom?")
    assert page.get_by_role("textbox", name="To the authors").input_value() == "Say where the clubs are."
    assert Review.objects.get().for_authors == "Say where the clubs are."
