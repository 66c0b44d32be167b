from django.urls import path

from practice.benchmark import views

BENCHMARK = "practice/sessions/<int:pk>/benchmark/"

urlpatterns = [
    path(BENCHMARK, views.benchmark_detail, name="benchmark-detail"),
    path(f"{BENCHMARK}agree/", views.benchmark_agree, name="benchmark-agree"),
    path(f"{BENCHMARK}withdraw/", views.benchmark_withdraw, name="benchmark-withdraw"),
]
