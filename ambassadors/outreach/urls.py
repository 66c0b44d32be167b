"""Addresses of outreach and of speaking slots."""

from django.urls import path

from ambassadors.outreach import views

urlpatterns = [
    path("outreach/", views.outreach_list, name="outreach-list"),
    path("outreach/new/", views.outreach_create, name="outreach-create"),
    path("outreach/export.csv", views.outreach_export, name="outreach-export"),
    path("outreach/speaking/", views.slot_list, name="slot-list"),
    path("outreach/speaking/new/", views.slot_create, name="slot-create"),
    path("outreach/speaking/<int:pk>/", views.slot_detail, name="slot-detail"),
    path("outreach/speaking/<int:pk>/edit/", views.slot_edit, name="slot-edit"),
    path("outreach/speaking/<int:pk>/volunteer/", views.slot_volunteer, name="slot-volunteer"),
    path("outreach/speaking/<int:pk>/withdraw/", views.slot_withdraw, name="slot-withdraw"),
    path("outreach/speaking/<int:pk>/decline/", views.slot_decline, name="slot-decline"),
    path("outreach/speaking/<int:pk>/give/<int:volunteer>/", views.slot_give, name="slot-give"),
    path("outreach/speaking/<int:pk>/call-off/", views.slot_call_off, name="slot-call-off"),
    path("outreach/speaking/<int:pk>/log/", views.slot_log, name="slot-log"),
    path("outreach/<int:pk>/", views.outreach_edit, name="outreach-edit"),
    path("outreach/<int:pk>/confirm/", views.outreach_confirm, name="outreach-confirm"),
    path("outreach/<int:pk>/remove/", views.outreach_remove, name="outreach-remove"),
]
