"""Addresses of prompts, below /discussions/."""

from django.urls import path

from discussions.prompts.pieces import views as pieces
from discussions.prompts.views import follow_ups, rounds, series

urlpatterns = [
    path("prompts/", series.prompt_list, name="prompt-list"),
    path("prompts/new/", series.prompt_start, name="prompt-start"),
    path("prompts/<int:pk>/", series.prompt_detail, name="prompt-detail"),
    path("prompts/<int:pk>/edit/", series.prompt_edit, name="prompt-edit"),
    path("prompts/<int:pk>/pause/", series.prompt_pause, name="prompt-pause"),
    path("prompts/<int:pk>/resume/", series.prompt_resume, name="prompt-resume"),
    path("prompts/<int:pk>/end/", series.prompt_end, name="prompt-end"),
    path("prompts/<int:pk>/wish/", series.prompt_wish, name="prompt-wish"),
    path("prompts/<int:pk>/breaks/", series.break_add, name="break-add"),
    path("prompts/breaks/<int:pk>/remove/", series.break_remove, name="break-remove"),
    path("prompts/rounds/<int:pk>/", rounds.round_detail, name="round-detail"),
    path("prompts/rounds/<int:pk>/words/", rounds.round_edit, name="round-edit"),
    path("prompts/rounds/<int:pk>/open/", rounds.round_open, name="round-open"),
    path("prompts/rounds/<int:pk>/put-off/", rounds.round_put_off, name="round-put-off"),
    path("prompts/rounds/<int:pk>/call-off/", rounds.round_call_off, name="round-call-off"),
    path("prompts/rounds/<int:pk>/ask/", rounds.responder_ask, name="responder-ask"),
    path("prompts/pieces/", pieces.piece_list, name="piece-list"),
    path("prompts/pieces/<int:pk>/use/", pieces.piece_use, name="piece-use"),
    path("prompts/asked/<int:pk>/", rounds.responder_detail, name="responder-detail"),
    path("prompts/asked/<int:pk>/accept/", rounds.responder_accept, name="responder-accept"),
    path("prompts/asked/<int:pk>/decline/", rounds.responder_decline, name="responder-decline"),
    path("prompts/asked/<int:pk>/release/", rounds.responder_release, name="responder-release"),
    path("follow-ups/", follow_ups.follow_up_list, name="follow-up-list"),
    path("follow-ups/<int:pk>/send/", follow_ups.follow_up_send, name="follow-up-send"),
    path("follow-ups/<int:pk>/drop/", follow_ups.follow_up_drop, name="follow-up-drop"),
    path("posts/<int:pk>/follow-up/", follow_ups.follow_up_start, name="follow-up-start"),
    path("posts/<int:pk>/follow-up/nothing/", follow_ups.follow_up_settle, name="follow-up-settle"),
]
