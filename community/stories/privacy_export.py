"""What an archive holds of what people said and of what is shown of them, and what erasing a person leaves of it: nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from community.models import NewsItem, TeamMember, Testimonial
from foundation.privacy_export import Publication, Record, Section, exempt, sections
from foundation.uploads import upload_delete

if TYPE_CHECKING:
    from ambassadors.models import User


def what_they_said_of_us(person: User) -> Iterable[Record]:
    """Their words in every wording they agreed to or were asked about."""
    for one in Testimonial.objects.of(person):
        yield {
            "offered": one.created_at,
            "text": one.text,
            "signed": one.signed,
            "page": one.page,
            "state": one.status,
            "asked": one.asked_at,
            "agreed": one.agreed_at,
            "agreed_text": one.agreed_text,
            "agreed_signed": one.agreed_signed,
        }


def forget_their_words(person: User) -> None:
    """Take their words from every page for good."""
    for one in Testimonial.objects.of(person):
        one.delete()  # one by one: the pages that showed them are told


def their_line_on_the_team(person: User) -> Iterable[Record]:
    """What is proposed and what is shown."""
    for one in TeamMember.objects.filter(user=person):
        yield {
            "role": one.role,
            "text": one.text,
            "shown": {
                "name": one.shown_name,
                "role": one.shown_role,
                "text": one.shown_text,
                "photo": one.shown_photo_id is not None,
            },
            "agreed": one.agreed_at,
        }


def forget_their_line(person: User) -> None:
    """Take the line from the page, with its pictures."""
    for one in TeamMember.objects.filter(user=person).select_related("photo", "shown_photo"):
        pictures = {picture.pk: picture for picture in (one.photo, one.shown_photo) if picture}
        one.delete()
        for picture in pictures.values():
            upload_delete(picture)


def words_on_pages(person: User) -> Iterable[Publication]:
    """What everybody reads of them, with where to take it back."""
    for one in Testimonial.objects.published().of(person):
        yield Publication(one.agreed_text[:120], one.get_absolute_url())


def line_on_the_page(person: User) -> Iterable[Publication]:
    """The line about them, with where to take it back."""
    for one in TeamMember.objects.shown().filter(user=person):
        yield Publication(one.shown_role, reverse("community:team-member-show"))


def news_they_wrote(person: User) -> Iterable[Record]:
    """The news under which they stand as an author."""
    for news in NewsItem.objects.filter(authors__user=person).order_by("pk"):
        yield {"title": news.title, "address": news.get_absolute_url(), "went out": news.publish_at, "state": news.status}


def forget_authorship(person: User) -> None:
    """The news is the community's and stays; nobody is named under it any more."""
    for news in NewsItem.objects.filter(authors__user=person):
        news.authors.remove(*news.authors.filter(user=person))


sections.add(
    "testimonials",
    Section(
        _("What you said of the community"),
        what_they_said_of_us,
        forget_their_words,
        models=("community.Testimonial",),
        text=_("In the wording you offered, were asked about and agreed to."),
        published=words_on_pages,
    ),
)
sections.add(
    "team",
    Section(
        _("Your line on the page about the team"),
        their_line_on_the_team,
        forget_their_line,
        models=("community.TeamMember",),
        text=_("What the support team proposed, and what of it you chose to show."),
        published=line_on_the_page,
    ),
)
sections.add(
    "news",
    Section(
        _("News that names you as its author"),
        news_they_wrote,
        forget_authorship,
        models=("community.NewsItem_authors",),
        text=_("The pieces themselves belong to the community, and can be read on the site."),
    ),
)
exempt.add("community.NewsItem", "the community's own words; who is named as an author is a row of its own")
exempt.add("community.NewsAddress", "a former address of a piece of news, and of nobody")
exempt.add("community.Deck", "the community's own slides; their files lose the owner and stay")
exempt.add("community.Supporter", "an organisation that the community names, not a person")
