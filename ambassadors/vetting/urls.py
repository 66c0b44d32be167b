"""Addresses of those who assess nominations; included by `ambassadors/urls.py`."""

from django.urls import path

from ambassadors.vetting import views

urlpatterns = [
    path("vetting/", views.vetting_list, name="vetting-list"),
    path("vetting/<int:pk>/", views.vetting_detail, name="vetting-detail"),
    path("vetting/<int:pk>/save/", views.vetting_save, name="vetting-save"),
    path("vetting/<int:pk>/give/", views.vetting_give, name="vetting-give"),
    path("vetting/<int:pk>/amend/", views.vetting_amend, name="vetting-amend"),
    path("vetting/<int:pk>/concern/", views.vetting_concern, name="vetting-concern"),
    path("vetting/<int:pk>/step-back/", views.vetting_step_back, name="vetting-step-back"),
]
