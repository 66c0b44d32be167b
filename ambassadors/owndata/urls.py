"""Addresses about one's own data and place, all under /settings/."""

from django.urls import path

from ambassadors.owndata import leaving_views, views

app_name = "owndata"

urlpatterns = [
    path("archive/", views.archive_detail, name="archive-detail"),
    path("archive/ask/", views.archive_ask, name="archive-ask"),
    path("archive/<int:pk>/download/", views.archive_download, name="archive-download"),
    path("erase/", views.erasure_detail, name="erasure-detail"),
    path("erase/ask/", views.erasure_ask, name="erasure-ask"),
    path("erase/cancel/", views.erasure_cancel, name="erasure-cancel"),
    path("reading/", views.reading_detail, name="reading-detail"),
    path("reading/switch/", views.reading_switch, name="reading-switch"),
    path("reading/forget/", views.reading_forget, name="reading-forget"),
    path("leaving/", leaving_views.leaving_detail, name="leaving-detail"),
    path("leaving/pause/", leaving_views.pause_start, name="pause-start"),
    path("leaving/pause/end/", leaving_views.pause_end, name="pause-end"),
    path("leaving/leave/", leaving_views.membership_leave, name="membership-leave"),
    path("leaving/return/", leaving_views.return_ask, name="return-ask"),
    path("leaving/return/withdraw/", leaving_views.return_withdraw, name="return-withdraw"),
]
