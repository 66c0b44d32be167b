"""Addresses of a review for whoever holds its link. They come after those of the signed in: a token is no number."""

from django.urls import path

from products.reviewing.linked import handing, views

LINK = "reviews/<str:token>/"

urlpatterns = [
    path("reviews/declined/", views.review_declined, name="review-declined"),
    path("reviews/<int:pk>/files/<int:file>/", handing.review_file, name="review-file"),
    path(LINK, views.review_link, name="review-link"),
    path(f"{LINK}save/", views.review_link_save, name="review-link-save"),
    path(f"{LINK}autosave/", views.review_link_autosave, name="review-link-autosave"),
    path(f"{LINK}submit/", views.review_link_submit, name="review-link-submit"),
    path(f"{LINK}accept/", views.review_link_accept, name="review-link-accept"),
    path(f"{LINK}decline/", views.review_link_decline, name="review-link-decline"),
    path(f"{LINK}comments/", views.review_link_comment, name="review-link-comment"),
    path(f"{LINK}comments/<int:remark>/change/", views.review_link_comment_change, name="review-link-comment-change"),
    path(f"{LINK}comments/<int:remark>/withdraw/", views.review_link_comment_withdraw, name="review-link-comment-withdraw"),
    path(f"{LINK}question/", views.review_link_question, name="review-link-question"),
    path(f"{LINK}files/<int:pk>/", views.review_link_file, name="review-link-file"),
]
