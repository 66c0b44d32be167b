from django.urls import path

from practice.sessions import views

SESSION = "practice/sessions/<int:pk>/"
RESPONDENT = "practice/respondents/<int:pk>/"

urlpatterns = [
    path("practice/sessions/", views.session_list, name="session-list"),
    path(SESSION, views.session_detail, name="session-detail"),
    path(f"{SESSION}prepare/", views.session_prepare, name="session-prepare"),
    path(f"{SESSION}respondents/", views.respondent_add, name="respondent-add"),
    path(f"{SESSION}open/", views.session_open, name="session-open"),
    path(f"{SESSION}remind/", views.session_remind, name="session-remind"),
    path(f"{SESSION}close/", views.session_close, name="session-close"),
    path(f"{SESSION}again/", views.session_again, name="session-again"),
    path(f"{RESPONDENT}withdraw/", views.respondent_withdraw, name="respondent-withdraw"),
    path(f"{RESPONDENT}replace/", views.respondent_replace, name="respondent-replace"),
]
