"""Addresses of moderation."""

from django.urls import path

from discussions.moderation.views import reports

urlpatterns = [
    path("discussions/posts/<int:pk>/report/", reports.post_report, name="post-report"),
    path("reports/", reports.report_list, name="report-list"),
    path("reports/<int:pk>/", reports.report_detail, name="report-detail"),
    path("reports/<int:pk>/take/", reports.report_take, name="report-take"),
    path("reports/<int:pk>/give-back/", reports.report_give_back, name="report-give-back"),
    path("reports/<int:pk>/withdraw/", reports.report_withdraw, name="report-withdraw"),
    path("reports/<int:pk>/note/", reports.report_note, name="report-note"),
    path("reports/<int:pk>/settle/", reports.report_settle, name="report-settle"),
]
