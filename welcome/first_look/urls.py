"""Addresses of first looks and of what comes of them, below /welcome/."""

from django.urls import path

from welcome.first_look.views import answers, improvements, looks, pairs

urlpatterns = [
    path("first-looks/", looks.first_look_list, name="first-look-list"),
    path("first-looks/new/", looks.first_look_start, name="first-look-start"),
    path("first-looks/<int:pk>/", looks.first_look_detail, name="first-look-detail"),
    path("first-looks/<int:pk>/edit/", looks.first_look_edit, name="first-look-edit"),
    path("first-looks/<int:pk>/prepare/", pairs.first_look_prepare, name="first-look-prepare"),
    path("first-looks/<int:pk>/people/", pairs.first_look_invite, name="first-look-invite"),
    path("first-looks/<int:pk>/pairs/", pairs.look_pair_make, name="look-pair-make"),
    path("first-looks/<int:pk>/pairs/suggested/", pairs.look_pair_suggest, name="look-pair-suggest"),
    path("first-looks/<int:pk>/open/", pairs.first_look_open, name="first-look-open"),
    path("first-looks/<int:pk>/close/", pairs.first_look_close, name="first-look-close"),
    path("first-looks/seats/<int:pk>/release/", pairs.look_seat_release, name="look-seat-release"),
    path("first-looks/pairs/<int:pk>/", answers.look_pair_detail, name="look-pair-detail"),
    path("first-looks/pairs/<int:pk>/save/", answers.look_pair_save, name="look-pair-save"),
    path("first-looks/pairs/<int:pk>/send/", answers.look_pair_send, name="look-pair-send"),
    path("first-looks/pairs/<int:pk>/leave/", answers.look_pair_leave, name="look-pair-leave"),
    path("first-looks/pairs/<int:pk>/join/", pairs.look_pair_join, name="look-pair-join"),
    path("first-looks/answers/<int:pk>/reply/", answers.look_answer_reply, name="look-answer-reply"),
    path("improvements/", improvements.improvement_list, name="improvement-list"),
    path("improvements/<int:pk>/", improvements.improvement_detail, name="improvement-detail"),
    path("improvements/<int:pk>/plan/", improvements.improvement_plan, name="improvement-plan"),
    path("improvements/<int:pk>/take/", improvements.improvement_take, name="improvement-take"),
    path("improvements/<int:pk>/finish/", improvements.improvement_finish, name="improvement-finish"),
    path("improvements/<int:pk>/put-off/", improvements.improvement_put_off, name="improvement-put-off"),
    path("improvements/<int:pk>/reopen/", improvements.improvement_reopen, name="improvement-reopen"),
    path("improvements/<int:pk>/merge/", improvements.improvement_merge, name="improvement-merge"),
]
