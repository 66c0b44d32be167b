"""Addresses of an assistant's pages, each with the seat it is read in (their reach: `ambassadors.assistants.scopes`), and of what waits for
their ambassador."""

from django.urls import path

from discussions.assisting import own_views, views

urlpatterns = [
    path("assistant/<int:seat>/", views.assisted_list, name="assisted-list"),
    path("assistant/<int:seat>/discussions/<int:pk>/", views.assisted_thread, name="assisted-thread"),
    path("assistant/<int:seat>/discussions/<int:pk>/prepare/", views.assisted_prepare, name="assisted-prepare"),
    path("assistant/<int:seat>/discussions/<int:pk>/say/", views.assisted_say, name="assisted-say"),
    path("assistant/<int:seat>/prepared/<int:pk>/withdraw/", views.assisted_withdraw, name="assisted-withdraw"),
    path("prepared/", own_views.prepared_list, name="prepared-list"),
    path("prepared/<int:pk>/send/", own_views.prepared_send, name="prepared-send"),
    path("prepared/<int:pk>/take-over/", own_views.prepared_take_over, name="prepared-take-over"),
    path("prepared/<int:pk>/set-aside/", own_views.prepared_set_aside, name="prepared-set-aside"),
]
