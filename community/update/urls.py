"""Addresses of the Update. They come before those of the news, whose pieces lie beside the archive."""

from django.urls import path

from community.update import views

urlpatterns = [
    path("news/update/", views.update_list, name="update-list"),
    path("news/update/<slug:slug>/", views.update_detail, name="update-detail"),
    path("feeds/update.xml", views.update_feed, name="update-feed"),
    path("subscribe/", views.subscribe, name="subscribe"),
    path("subscribe/send/", views.subscribe_send, name="subscribe-send"),
    path("subscribe/waits/", views.subscribe_waits, name="subscribe-waits"),
    path("subscribe/gone/", views.subscription_gone, name="subscription-gone"),
    path("subscribe/<str:token>/", views.subscription_show, name="subscription-show"),
    path("subscribe/<str:token>/confirm/", views.subscription_confirm, name="subscription-confirm"),
    path("subscribe/<str:token>/delete/", views.subscription_delete, name="subscription-delete"),
]
