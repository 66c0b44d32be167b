"""Addresses of people one may want to meet, below /welcome/."""

from django.urls import path

from welcome.people import views

urlpatterns = [
    path("people/", views.people_list, name="people-list"),
    path("people/off/", views.people_switch_off, name="people-switch-off"),
    path("people/on/", views.people_switch_on, name="people-switch-on"),
    path("people/<slug:slug>/set-aside/", views.person_set_aside, name="person-set-aside"),
    path("people/<slug:slug>/take-back/", views.person_take_back, name="person-take-back"),
]
