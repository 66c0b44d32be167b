"""What lists of the making cost: the same for one row and for three."""

from __future__ import annotations

import pytest
from django.urls import reverse

from foundation.uploads import CheckedFile
from products.drafting import files as edition_files
from products.drafting import naming
from products.reviewing import workflow as reviewing
from products.road import workflow as road
from tests import make
from tests.discussions import making as spaces
from tests.foundation import files as pdfs
from tests.products import making

pytestmark = pytest.mark.django_db


def at(name, edition):
    return reverse(f"products:{name}", args=[edition.product.slug, edition.number])


def reviews(rows):
    rhea = making.reviewer()
    for number in range(rows):
        making.asked(making.submitted(make.ambassador(f"Writer {number}"), title=f"Text {number}"), rhea)
    return rhea, reverse("products:review-list")


def comments_of_a_review(rows):
    review = making.asked(making.submitted(make.ambassador("Wilma Writer")))
    for number in range(rows):
        reviewing.comment(review, by=review.reviewer, words=f"Which club, {number}?")
    return review.reviewer, reverse("products:review-detail", args=[review.pk])


def comments_to_answer(rows):
    author = make.ambassador("Wilma Writer")
    edition = making.submitted(author)
    review = making.asked(edition)
    for number in range(rows):
        reviewing.comment(review, by=review.reviewer, words=f"Which club, {number}?")
    making.finish(review)
    road.ask_for_revision(edition, by=making.editor(), revision=edition.revision, note="Name the clubs.")
    return author, at("comment-list", edition)


def files(rows):
    author = make.ambassador("Wilma Writer")
    edition = making.draft(author)
    for number in range(rows):
        checked = CheckedFile(pdfs.PDF, "paper.pdf", "application/pdf")
        edition_files.add_file(edition, checked, f"Paper {number}", by=author)
    return author, at("edition-files", edition)


def authors(rows):
    author = make.ambassador("Wilma Writer")
    product = making.draft(author).product
    for number in range(rows):
        asked = naming.invite(product, make.ambassador(f"Ben {number}"), by=author)
        naming.answer(asked, by=asked.person, is_yes=True)
        naming.invite(product, make.ambassador(f"Cora {number}"), by=author)
    return author, reverse("products:author-list", args=[product.slug])


def remarks(rows):
    author = make.ambassador("Wilma Writer")
    space = spaces.micro(author)
    edition = making.draft(author, space=space)
    for number in range(rows):
        advisor = spaces.join(space, make.ambassador(f"Ada {number}"), "advisor")
        reviewing.comment_on_draft(edition, by=advisor, words=f"Which club, {number}?")
    return author, at("draft-remark-list", edition)


def windows(rows):
    for number in range(rows):
        making.presented(make.ambassador(f"Writer {number}"), title=f"Text {number}")
    return make.ambassador("Rita Reader"), reverse("products:community-review-list")


LISTS = [
    (reviews, 6, "Text {}"),
    (comments_of_a_review, 11, "Which club, {}?"),
    (comments_to_answer, 13, "Which club, {}?"),
    (files, 8, "Paper {}"),
    (authors, 8, "Cora {}"),
    (remarks, 8, "Which club, {}?"),
    (windows, 5, "Text {}"),
]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("build", "queries", "shown"), LISTS, ids=[build.__name__ for build, *_more in LISTS])
def test_a_list_costs_the_same_for_one_row_and_for_three(client, build, queries, shown, rows, django_assert_num_queries):
    person, url = build(rows)
    client.force_login(person)
    client.get(url)  # what a process reads once

    with django_assert_num_queries(queries):
        page = client.get(url).content.decode()

    assert [shown.format(number) in page for number in range(rows)] == [True] * rows
