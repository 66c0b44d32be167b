"""Addresses of what is done with posts."""

from django.urls import path

from discussions.posts import views, writing

urlpatterns = [
    path("discussions/posts/<int:pk>/edit/", views.post_edit, name="post-edit"),
    path("discussions/posts/<int:pk>/revisions/", views.revision_list, name="revision-list"),
    path("discussions/posts/<int:pk>/withdraw/", views.post_withdraw, name="post-withdraw"),
    path("discussions/posts/<int:pk>/put-back/", views.post_put_back, name="post-put-back"),
    path("discussions/posts/<int:pk>/thank/", views.post_thank, name="post-thank"),
    path("discussions/posts/<int:pk>/unthank/", views.post_unthank, name="post-unthank"),
    path("discussions/posts/<int:pk>/keep/", views.post_keep, name="post-keep"),
    path("discussions/posts/<int:pk>/let-go/", views.post_let_go, name="post-let-go"),
    path("discussions/posts/<int:pk>/quote/", writing.post_quote, name="post-quote"),
    path("discussions/preview/", writing.post_preview, name="post-preview"),
    path("discussions/new/draft/", writing.beginning_save, name="beginning-save"),
    path("discussions/new/draft/delete/", writing.beginning_delete, name="beginning-delete"),
    path("discussions/<int:pk>/draft/", writing.draft_save, name="draft-save"),
    path("discussions/<int:pk>/draft/delete/", writing.draft_delete, name="draft-delete"),
    path("discussions/<int:pk>/mentions/", writing.mention_list, name="mention-list"),
    path("bookmarks/", views.bookmark_list, name="bookmark-list"),
    path("bookmarks/<int:pk>/delete/", views.bookmark_delete, name="bookmark-delete"),
]
