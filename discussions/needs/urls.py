"""Addresses of needs, below /discussions/."""

from django.urls import path

from discussions.needs import views

urlpatterns = [
    path("needs/new/", views.need_start, name="need-start"),
]
