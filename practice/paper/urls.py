from django.urls import path

from practice.paper import views

RESULTS = "practice/sessions/<int:pk>/report"

urlpatterns = [
    path(f"{RESULTS}.pdf", views.session_report, name="session-report"),
    path(f"{RESULTS}/<slug:module>.pdf", views.module_report, name="module-report"),
    path("practice/<slug:key>/worksheet.pdf", views.instrument_worksheet_pdf, name="instrument-worksheet-pdf"),
]
