from django.urls import path

from practice.answering import views

RESPOND = "practice/respond/<str:token>/"

urlpatterns = [
    path("practice/respond/declined/", views.respond_declined, name="respond-declined"),
    path(RESPOND, views.respond, name="respond"),
    path(f"{RESPOND}finish/", views.respond_finish, name="respond-finish"),
    path(f"{RESPOND}decline/", views.respond_decline, name="respond-decline"),
    path(f"{RESPOND}<slug:key>/", views.respond_principle, name="respond-principle"),
    path(f"{RESPOND}<slug:key>/save/", views.respond_save, name="respond-save"),
    path(f"{RESPOND}<slug:key>/autosave/", views.respond_autosave, name="respond-autosave"),
]
