"""Addresses of what is done with posts."""

from django.urls import path

from discussions.posts import views

urlpatterns = [
    path("discussions/posts/<int:pk>/edit/", views.post_edit, name="post-edit"),
    path("discussions/posts/<int:pk>/revisions/", views.revision_list, name="revision-list"),
    path("discussions/posts/<int:pk>/withdraw/", views.post_withdraw, name="post-withdraw"),
    path("discussions/posts/<int:pk>/put-back/", views.post_put_back, name="post-put-back"),
    path("discussions/posts/<int:pk>/thank/", views.post_thank, name="post-thank"),
    path("discussions/posts/<int:pk>/unthank/", views.post_unthank, name="post-unthank"),
    path("discussions/posts/<int:pk>/keep/", views.post_keep, name="post-keep"),
    path("discussions/posts/<int:pk>/let-go/", views.post_let_go, name="post-let-go"),
    path("bookmarks/", views.bookmark_list, name="bookmark-list"),
    path("bookmarks/<int:pk>/delete/", views.bookmark_delete, name="bookmark-delete"),
]
