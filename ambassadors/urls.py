"""Addresses of people."""

from django.urls import path

from ambassadors import views

app_name = "ambassadors"

urlpatterns = [
    path("ambassadors/", views.ambassador_list, name="ambassador-list"),
    path("ambassadors/<slug:slug>/", views.ambassador_detail, name="ambassador-detail"),
    path("settings/profile/", views.profile_edit, name="profile-edit"),
]
