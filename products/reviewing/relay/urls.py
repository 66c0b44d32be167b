"""Addresses of the questions between reviewers and authors."""

from django.urls import path

from products.reviewing.relay import views

EDITION = "desk/products/<slug:slug>/editions/<int:number>/questions/"

urlpatterns = [
    path(EDITION, views.question_list, name="question-list"),
    path(EDITION + "<int:pk>/", views.question_answer, name="question-answer"),
    path("reviews/<int:pk>/questions/", views.question_own_list, name="question-own-list"),
    path("reviews/<int:pk>/questions/ask/", views.question_ask, name="question-ask"),
]
