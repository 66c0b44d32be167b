"""Addresses of news, slides, testimonials and the page about the people behind the community."""

from django.urls import path

from community.stories.views import about, decks, news

urlpatterns = [
    path("news/", news.news_list, name="news-list"),
    path("news/<slug:slug>/", news.news_detail, name="news-detail"),
    path("feeds/news.xml", news.news_feed, name="news-feed"),
    path("decks/<slug:slug>/", decks.deck_detail, name="deck-detail"),
    path("about/", about.about, name="about"),
]
