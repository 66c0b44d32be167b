"""Addresses of mail that came in."""

from django.urls import path

from correspondence.inbound import views

app_name = "inbound"

urlpatterns = [
    path("", views.mail_list, name="mail-list"),
    path("<int:pk>/", views.mail_detail, name="mail-detail"),
    path("<int:pk>/post/", views.mail_post, name="mail-post"),
    path("<int:pk>/discard/", views.mail_discard, name="mail-discard"),
]
