"""Addresses of reviews: below /reviews/ those of whoever reviews, below an edition those of its authors and editors."""

from django.urls import path

from products.reviewing import author_views, draft_views, editor_views, seen_as, views

EDITION = "desk/products/<slug:slug>/editions/<int:number>/"
ROUND = f"{EDITION}reviews/"

urlpatterns = [
    path("reviews/", views.review_list, name="review-list"),
    path("reviews/<int:pk>/", views.review_detail, name="review-detail"),
    path("reviews/<int:pk>/save/", views.review_save, name="review-save"),
    path("reviews/<int:pk>/autosave/", views.review_autosave, name="review-autosave"),
    path("reviews/<int:pk>/submit/", views.review_submit, name="review-submit"),
    path("reviews/<int:pk>/accept/", views.review_accept, name="review-accept"),
    path("reviews/<int:pk>/decline/", views.review_decline, name="review-decline"),
    path("reviews/<int:pk>/comments/", views.remark_add, name="remark-add"),
    path("reviews/<int:pk>/comments/<int:remark>/change/", views.remark_change, name="remark-change"),
    path("reviews/<int:pk>/comments/<int:remark>/withdraw/", views.remark_withdraw, name="remark-withdraw"),
    path(ROUND, editor_views.round_detail, name="round-detail"),
    path(f"{ROUND}open/", editor_views.round_open, name="round-open"),
    path(f"{ROUND}invite/", editor_views.round_invite, name="round-invite"),
    path(f"{ROUND}needs/", editor_views.round_needs, name="round-needs"),
    path(f"{ROUND}day/", editor_views.round_day, name="round-day"),
    path(f"{ROUND}close/", editor_views.round_close, name="round-close"),
    path(f"{ROUND}<int:review>/remind/", editor_views.reviewer_remind, name="reviewer-remind"),
    path(f"{ROUND}<int:review>/send-again/", editor_views.reviewer_send_again, name="reviewer-send-again"),
    path(f"{ROUND}<int:review>/release/", editor_views.reviewer_release, name="reviewer-release"),
    path(f"{EDITION}as/<slug:who>/", seen_as.edition_seen_as, name="edition-seen-as"),
    path(f"{EDITION}remarks/", draft_views.draft_remark_list, name="draft-remark-list"),
    path(f"{EDITION}remarks/add/", draft_views.draft_remark_add, name="draft-remark-add"),
    path(f"{EDITION}comments/", author_views.comment_list, name="comment-list"),
    path(f"{EDITION}comments/<int:comment>/answer/", author_views.comment_answer, name="comment-answer"),
]
