from django.urls import path

from practice.results import views

RESULTS = "practice/sessions/<int:pk>/results/"

urlpatterns = [
    path(RESULTS, views.session_results, name="session-results"),
    path(f"{RESULTS}groups/", views.group_results, name="group-results"),  # before modules, of which none has this key
    path(f"{RESULTS}<slug:module>/", views.module_results, name="module-results"),
]
