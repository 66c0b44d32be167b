"""Addresses of moderation."""

from django.urls import path

from discussions.moderation.views import blocks, measures, moving, order, reports

urlpatterns = [
    path("discussions/posts/<int:pk>/report/", reports.post_report, name="post-report"),
    path("discussions/posts/<int:pk>/hide/", order.post_hide, name="post-hide"),
    path("discussions/posts/<int:pk>/restore/", order.post_restore, name="post-restore"),
    path("discussions/<int:pk>/lock/", order.thread_lock, name="thread-lock"),
    path("discussions/<int:pk>/unlock/", order.thread_unlock, name="thread-unlock"),
    path("discussions/<int:pk>/pin/", order.thread_pin, name="thread-pin"),
    path("discussions/<int:pk>/unpin/", order.thread_unpin, name="thread-unpin"),
    path("discussions/<int:pk>/hide/", order.thread_hide, name="thread-hide"),
    path("discussions/<int:pk>/restore/", order.thread_restore, name="thread-restore"),
    path("discussions/<int:pk>/history/", order.thread_history, name="thread-history"),
    path("discussions/<int:pk>/move/", moving.thread_move, name="thread-move"),
    path("discussions/<int:pk>/split/", moving.thread_split, name="thread-split"),
    path("discussions/<int:pk>/merge/", moving.thread_merge, name="thread-merge"),
    path("settings/blocked/", blocks.block_list, name="block-list"),
    path("settings/blocked/<int:pk>/add/", blocks.block_add, name="block-add"),
    path("settings/blocked/<int:pk>/remove/", blocks.block_remove, name="block-remove"),
    path("measures/", measures.measure_list, name="measure-list"),
    path("measures/new/<int:pk>/", measures.measure_propose, name="measure-propose"),
    path("measures/<int:pk>/", measures.measure_detail, name="measure-detail"),
    path("measures/<int:pk>/agree/", measures.measure_agree, name="measure-agree"),
    path("measures/<int:pk>/drop/", measures.measure_drop, name="measure-drop"),
    path("measures/<int:pk>/answer/", measures.measure_answer, name="measure-answer"),
    path("appeals/<str:token>/", measures.appeal_make, name="appeal-make"),
    path("reports/", reports.report_list, name="report-list"),
    path("reports/<int:pk>/", reports.report_detail, name="report-detail"),
    path("reports/<int:pk>/take/", reports.report_take, name="report-take"),
    path("reports/<int:pk>/give-back/", reports.report_give_back, name="report-give-back"),
    path("reports/<int:pk>/withdraw/", reports.report_withdraw, name="report-withdraw"),
    path("reports/<int:pk>/note/", reports.report_note, name="report-note"),
    path("reports/<int:pk>/settle/", reports.report_settle, name="report-settle"),
]
