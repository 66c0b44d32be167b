"""Addresses of spaces."""

from django.urls import path

from discussions.spaces import views

urlpatterns = [
    path("<slug:slug>/", views.space_detail, name="space-detail"),
]
