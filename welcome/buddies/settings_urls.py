"""Addresses of one's offer to welcome newcomers, below /settings/buddy/."""

from django.urls import path

from welcome.buddies import views

app_name = "buddy"

urlpatterns = [
    path("", views.offer_edit, name="offer-edit"),
    path("save/", views.offer_save, name="offer-save"),
    path("stop/", views.offer_stop, name="offer-stop"),
    path("words/save/", views.words_save, name="words-save"),
    path("words/<int:number>/approve/", views.words_approve, name="words-approve"),
    path("words/withdraw/", views.words_withdraw, name="words-withdraw"),
]
