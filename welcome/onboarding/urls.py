"""Addresses of one's first weeks, below /welcome/."""

from django.urls import path

from welcome.onboarding import views

urlpatterns = [
    path("", views.first_weeks, name="first-weeks"),
    path("steps/<slug:name>/skip/", views.step_skip, name="step-skip"),
    path("steps/<slug:name>/resume/", views.step_resume, name="step-resume"),
]
