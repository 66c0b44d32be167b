"""Addresses of Ask Me Abouts, below /discussions/."""

from django.urls import path

from discussions.asking import question_views, reading_views, views

urlpatterns = [
    path("ask-me-about/", views.ask_me_about_list, name="ask-me-about-list"),
    path("ask-me-about/new/", views.ask_me_about_prepare, name="ask-me-about-prepare"),
    path("ask-me-about/<int:pk>/", views.ask_me_about_detail, name="ask-me-about-detail"),
    path("ask-me-about/<int:pk>/edit/", views.ask_me_about_edit, name="ask-me-about-edit"),
    path("ask-me-about/<int:pk>/announce/", views.ask_me_about_announce, name="ask-me-about-announce"),
    path("ask-me-about/<int:pk>/open/", views.ask_me_about_open, name="ask-me-about-open"),
    path("ask-me-about/<int:pk>/discard/", views.ask_me_about_discard, name="ask-me-about-discard"),
    path("ask-me-about/<int:pk>/extend/", views.ask_me_about_extend, name="ask-me-about-extend"),
    path("ask-me-about/<int:pk>/questions/", question_views.question_list, name="question-list"),
    path("questions/<int:pk>/", question_views.question_detail, name="question-detail"),
    path("questions/<int:pk>/answer/", question_views.question_answer, name="question-answer"),
    path("questions/<int:pk>/peers/", question_views.question_peers, name="question-peers"),
    path("questions/<int:pk>/dismiss/", question_views.question_dismiss, name="question-dismiss"),
    path("questions/<int:pk>/put-back/", question_views.question_put_back, name="question-put-back"),
    path("questions/<int:pk>/hand-over/", question_views.question_hand_over, name="question-hand-over"),
    path("reading/", reading_views.reading_list, name="reading-list"),
    path("posts/<int:pk>/reading/", reading_views.reading_item_add, name="reading-item-add"),
    path("reading/<int:pk>/show/", reading_views.reading_item_show, name="reading-item-show"),
    path("reading/<int:pk>/keep/", reading_views.reading_item_keep, name="reading-item-keep"),
    path("reading/<int:pk>/remove/", reading_views.reading_item_remove, name="reading-item-remove"),
]
