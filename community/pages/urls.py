from django.urls import path

from community.pages import views

app_name = "community"

urlpatterns = [
    path("", views.home, name="home"),
    path("desk/", views.desk, name="desk"),
]
