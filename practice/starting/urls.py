from django.urls import path

from practice.starting import views

urlpatterns = [
    path("practice/start/code/", views.practice_start_code, name="practice-start-code"),
    path("practice/start/code/again/", views.practice_start_again, name="practice-start-again"),
    path("practice/<slug:key>/start/", views.practice_start, name="practice-start"),
]
