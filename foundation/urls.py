"""Addresses of the ground floor."""

from django.urls import path

from foundation import calendar_views, views

app_name = "foundation"

urlpatterns = [
    path("settings/history/", views.history_list, name="history-list"),
    path("settings/calendar/", calendar_views.own_calendar_detail, name="own-calendar-detail"),
    path("settings/calendar/make/", calendar_views.own_calendar_make, name="own-calendar-make"),
    path("settings/calendar/stop/", calendar_views.own_calendar_stop, name="own-calendar-stop"),
    path("calendar/<str:token>.ics", calendar_views.calendar_feed, name="calendar-feed"),
    path("files/<uuid:pk>/<str:name>", views.upload_show, name="upload-show"),
]
