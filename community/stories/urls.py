"""Addresses of news, slides, testimonials and the page about the people behind the community."""

from django.urls import path

from community.stories.views import about, decks, news, team, testimonials

urlpatterns = [
    path("news/", news.news_list, name="news-list"),
    path("news/<slug:slug>/", news.news_detail, name="news-detail"),
    path("feeds/news.xml", news.news_feed, name="news-feed"),
    path("decks/<slug:slug>/", decks.deck_detail, name="deck-detail"),
    path("about/", about.about, name="about"),
    path("settings/testimonials/", testimonials.testimonial_list, name="testimonial-list"),
    path("settings/testimonials/offer/", testimonials.testimonial_offer, name="testimonial-offer"),
    path("settings/testimonials/<int:pk>/", testimonials.testimonial_detail, name="testimonial-detail"),
    path("settings/testimonials/<int:pk>/agree/", testimonials.testimonial_agree, name="testimonial-agree"),
    path("settings/testimonials/<int:pk>/withdraw/", testimonials.testimonial_withdraw, name="testimonial-withdraw"),
    path("settings/team/", team.team_member_show, name="team-member-show"),
    path("settings/team/confirm/", team.team_member_confirm, name="team-member-confirm"),
    path("settings/team/hide/", team.team_member_hide, name="team-member-hide"),
]
