from django.urls import path

from practice.talking import views

SESSION = "practice/sessions/<int:pk>/"
ACTION = "practice/actions/<int:pk>/"
LINK = "practice/actions/due/<str:token>/"

urlpatterns = [
    path(f"{SESSION}guide/", views.session_guide, name="session-guide"),
    path(f"{SESSION}present/", views.session_present, name="session-present"),
    path(f"{SESSION}notes/", views.note_add, name="note-add"),
    path("practice/notes/<int:pk>/edit/", views.note_edit, name="note-edit"),
    path("practice/notes/<int:pk>/delete/", views.note_delete, name="note-delete"),
    path(f"{SESSION}actions/", views.action_list, name="action-list"),
    path(f"{SESSION}actions/add/", views.action_add, name="action-add"),
    path(f"{ACTION}edit/", views.action_edit, name="action-edit"),
    path(f"{ACTION}done/", views.action_done, name="action-done"),
    path(f"{ACTION}drop/", views.action_drop, name="action-drop"),
    path(LINK, views.action_link, name="action-link"),
    path(f"{LINK}done/", views.action_link_done, name="action-link-done"),
    path(f"{LINK}stop/", views.action_link_stop, name="action-link-stop"),
]
