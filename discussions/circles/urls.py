"""Addresses of circles."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from discussions.circles import views


class DayConverter(StringConverter):
    """A day as it stands in an address: 2027-01-07. Whether the calendar has it, the view asks."""

    regex = r"\d{4}-\d{2}-\d{2}"


register_converter(DayConverter, "day")

urlpatterns = [
    path("", views.circle_list, name="circle-list"),
    path("new/", views.circle_open, name="circle-open"),
    path("<slug:slug>/", views.circle_detail, name="circle-detail"),
    path("<slug:slug>/edit/", views.circle_edit, name="circle-edit"),
    path("<slug:slug>/invite/", views.circle_invite, name="circle-invite"),
    path("<slug:slug>/meetings/<day:on>/", views.meeting_detail, name="meeting-detail"),
    path("<slug:slug>/meetings/<day:on>.ics", views.meeting_file, name="meeting-file"),
    path("<slug:slug>/meetings/<day:on>/move/", views.meeting_move, name="meeting-move"),
    path("<slug:slug>/meetings/<day:on>/call-off/", views.meeting_call_off, name="meeting-call-off"),
    path("<slug:slug>/meetings/<day:on>/restore/", views.meeting_restore, name="meeting-restore"),
]
