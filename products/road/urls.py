"""Addresses of the road, below /desk/products/."""

from django.urls import path

from products.road import views

EDITION = "<slug:slug>/editions/<int:number>/"

urlpatterns = [
    path("board/", views.product_board, name="product-board"),
    path("<slug:slug>/", views.product_progress, name="product-progress"),
    path("<slug:slug>/begin/", views.edition_begin, name="edition-begin"),
    path("<slug:slug>/announce/", views.product_announce, name="product-announce"),
    path("<slug:slug>/unannounce/", views.product_unannounce, name="product-unannounce"),
    path("<slug:slug>/rename/", views.product_rename, name="product-rename"),
    path("<slug:slug>/lead-on/", views.product_lead_on, name="product-lead-on"),
    path("<slug:slug>/assign/", views.product_assign, name="product-assign"),
    path(f"{EDITION}submit/", views.edition_submit, name="edition-submit"),
    path(f"{EDITION}take-back/", views.edition_take_back, name="edition-take-back"),
    path(f"{EDITION}revise/", views.edition_revise, name="edition-revise"),
    path(f"{EDITION}send-back/", views.edition_send_back, name="edition-send-back"),
    path(f"{EDITION}present/", views.edition_present, name="edition-present"),
    path(f"{EDITION}approve/", views.edition_approve, name="edition-approve"),
    path(f"{EDITION}publish/", views.edition_publish, name="edition-publish"),
    path(f"{EDITION}retire/", views.edition_retire, name="edition-retire"),
    path(f"{EDITION}withdraw/", views.edition_withdraw, name="edition-withdraw"),
]
