from django.urls import path

from practice.help import views
from practice.help.questions import views as questions
from practice.help.talks import views as talks

QUESTION = "practice/questions/<int:pk>/"
WORDS = "practice/answers/<int:pk>/"
TALK = "practice/talks/<int:pk>/"

urlpatterns = [
    path("practice/questions/", questions.question_list, name="question-list"),
    path("practice/sessions/<int:pk>/points/<slug:point>/ask/", questions.question_new, name="question-new"),
    path(QUESTION, questions.question_detail, name="question-detail"),
    path(f"{QUESTION}answer/", questions.question_answer, name="question-answer"),
    path(f"{QUESTION}follow/", questions.question_follow, name="question-follow"),
    path(f"{QUESTION}close/", questions.question_close, name="question-close"),
    path(f"{QUESTION}off/", questions.question_off, name="question-off"),
    path(f"{WORDS}thank/", questions.answer_thank, name="answer-thank"),
    path(f"{WORDS}back/", questions.answer_back, name="answer-back"),
    path(f"{WORDS}off/", questions.answer_off, name="answer-off"),
    path("practice/talks/", talks.talk_list, name="talk-list"),
    path("practice/sessions/<int:pk>/talk/", talks.volunteer_list, name="volunteer-list"),
    path("practice/sessions/<int:pk>/talk/<int:volunteer>/", talks.talk_new, name="talk-new"),
    path(TALK, talks.talk_detail, name="talk-detail"),
    path(f"{TALK}accept/", talks.talk_accept, name="talk-accept"),
    path(f"{TALK}offer/", talks.talk_offer, name="talk-offer"),
    path(f"{TALK}decline/", talks.talk_decline, name="talk-decline"),
    path(f"{TALK}withdraw/", talks.talk_withdraw, name="talk-withdraw"),
    path(f"{TALK}cancel/", talks.talk_cancel, name="talk-cancel"),
    path(f"{TALK}talk.ics", talks.talk_calendar, name="talk-calendar"),
    path("settings/practice-talks/", talks.volunteer_edit, name="volunteer-edit"),
    path("settings/practice-talks/stop/", talks.volunteer_stop, name="volunteer-stop"),
    path("practice/sessions/<int:pk>/points/<slug:point>/", views.point_help, name="point-help"),
    path("practice/<slug:key>/help/<slug:principle>/", views.help_detail, name="help-detail"),
]
