"""Addresses of people."""

from django.urls import path

from ambassadors import views

app_name = "ambassadors"

urlpatterns = [
    path("<slug:slug>/", views.ambassador_detail, name="ambassador-detail"),
]
