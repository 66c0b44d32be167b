from django.urls import path

from practice.files import own_views, public_views, session_views

SESSION = "practice/sessions/<int:pk>/"
RESPOND = "practice/respond/<str:token>/"

urlpatterns = [
    path(f"{SESSION}files/", session_views.session_files, name="session-files"),
    path(f"{SESSION}files/all.xlsx", session_views.session_workbook, name="session-workbook"),
    path(f"{SESSION}files/<slug:table>.csv", session_views.session_table, name="session-table"),
    path(f"{SESSION}put-in/", session_views.session_put_in, name="session-put-in"),
    path(f"{RESPOND}worksheet/", own_views.respond_worksheet, name="respond-worksheet"),
    path(f"{RESPOND}worksheet.<slug:suffix>", own_views.respond_worksheet_file, name="respond-worksheet-file"),
    path("practice/<slug:key>/worksheet/", public_views.instrument_worksheet, name="instrument-worksheet"),
    path("practice/<slug:key>/worksheet.<slug:suffix>", public_views.instrument_worksheet_file, name="instrument-worksheet-file"),
]
