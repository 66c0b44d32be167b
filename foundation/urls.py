"""Addresses of the ground floor."""

from django.urls import path

from foundation import views

app_name = "foundation"

urlpatterns = [
    path("settings/history/", views.history_list, name="history-list"),
    path("files/<uuid:pk>/<str:name>", views.upload_show, name="upload-show"),
]
