from django.urls import path

from practice.voting import ballots, views

VOTE = "practice/votes/<int:pk>/"
BALLOT = "practice/vote/<str:token>/"

urlpatterns = [
    path("practice/sessions/<int:pk>/vote/", views.vote_new, name="vote-new"),
    path(VOTE, views.vote_detail, name="vote-detail"),
    path(f"{VOTE}hands/", views.vote_hands, name="vote-hands"),
    path(f"{VOTE}remind/", views.vote_remind, name="vote-remind"),
    path(f"{VOTE}move/", views.vote_move, name="vote-move"),
    path(f"{VOTE}end/", views.vote_end, name="vote-end"),
    path(f"{VOTE}cancel/", views.vote_cancel, name="vote-cancel"),
    path(BALLOT, ballots.ballot, name="ballot"),
    path(f"{BALLOT}cast/", ballots.ballot_cast, name="ballot-cast"),
]
