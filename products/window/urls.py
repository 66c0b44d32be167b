"""Addresses of community reviews, and of the wish to hear of a launch."""

from django.urls import path

from products.window import views, wish_views

urlpatterns = [
    path("desk/community-reviews/", views.community_review_list, name="community-review-list"),
    path("desk/products/<slug:slug>/community-review/", views.community_review_detail, name="community-review-detail"),
    path("desk/products/<slug:slug>/community-review/say/", views.opinion_give, name="opinion-give"),
    path("desk/opinions/<int:pk>/withdraw/", views.opinion_withdraw, name="opinion-withdraw"),
    path("desk/opinions/<int:pk>/answer/", views.opinion_answer, name="opinion-answer"),
    path("desk/opinions/<int:pk>/override/", views.opinion_override, name="opinion-override"),
    path("desk/opinions/<int:pk>/settle/", views.opinion_settle, name="opinion-settle"),
    path("desk/opinions/<int:pk>/reopen/", views.opinion_reopen, name="opinion-reopen"),
    path("tell-me/waits/", wish_views.launch_wish_waits, name="launch-wish-waits"),
    path("tell-me/gone/", wish_views.launch_wish_gone, name="launch-wish-gone"),
    path("tell-me/<str:token>/", wish_views.launch_wish_show, name="launch-wish-show"),
    path("tell-me/<str:token>/confirm/", wish_views.launch_wish_confirm, name="launch-wish-confirm"),
    path("tell-me/<str:token>/delete/", wish_views.launch_wish_delete, name="launch-wish-delete"),
    path("products/<slug:slug>/tell-me/", wish_views.launch_wish_add, name="launch-wish-add"),
    path("products/<slug:slug>/tell-me/send/", wish_views.launch_wish_send, name="launch-wish-send"),
    path("products/<slug:slug>/tell-me/keep/", wish_views.launch_wish_keep, name="launch-wish-keep"),
    path("products/<slug:slug>/tell-me/drop/", wish_views.launch_wish_drop, name="launch-wish-drop"),
]
