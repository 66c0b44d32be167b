"""Addresses of what one writes, below /desk/products/."""

from django.urls import path

from products.drafting import author_views, file_views, revision_views, views

EDITION = "<slug:slug>/editions/<int:number>/"
PART = f"{EDITION}parts/<slug:part>/"

urlpatterns = [
    path("", views.product_own_list, name="product-own-list"),
    path("new/", views.product_new, name="product-new"),
    path("invited/<int:pk>/", author_views.author_invitation, name="author-invitation"),
    path("invited/<int:pk>/accept/", author_views.author_invitation_accept, name="author-invitation-accept"),
    path("invited/<int:pk>/decline/", author_views.author_invitation_decline, name="author-invitation-decline"),
    path("invited/<int:pk>/withdraw/", author_views.author_invitation_withdraw, name="author-invitation-withdraw"),
    path("named/<int:pk>/", author_views.credit_card, name="credit-card"),
    path("named/<int:pk>/withdraw/", author_views.credit_withdraw, name="credit-withdraw"),
    path("<slug:slug>/authors/", author_views.author_list, name="author-list"),
    path("<slug:slug>/authors/invite/", author_views.author_invite, name="author-invite"),
    path("<slug:slug>/about/", views.product_about, name="product-about"),
    path("<slug:slug>/compare/", revision_views.product_compare, name="product-compare"),
    path(f"{EDITION}revisions/", revision_views.revision_list, name="revision-list"),
    path(f"{EDITION}revisions/<int:revision>/restore/", revision_views.revision_restore, name="revision-restore"),
    path(f"{EDITION}files/", file_views.edition_files, name="edition-files"),
    path(f"{EDITION}files/add/", file_views.edition_file_add, name="edition-file-add"),
    path(f"{EDITION}files/<slug:file>/replace/", file_views.edition_file_replace, name="edition-file-replace"),
    path(f"{EDITION}files/<slug:file>/retitle/", file_views.edition_file_retitle, name="edition-file-retitle"),
    path(f"{EDITION}files/<slug:file>/remove/", file_views.edition_file_remove, name="edition-file-remove"),
    path(EDITION, views.edition_edit, name="edition-edit"),
    path(f"{EDITION}save/", views.edition_save, name="edition-save"),
    path(f"{EDITION}autosave/", views.edition_autosave, name="edition-autosave"),
    path(f"{EDITION}parts/", views.part_add, name="part-add"),
    path(PART, views.part_edit, name="part-edit"),
    path(f"{PART}save/", views.part_save, name="part-save"),
    path(f"{PART}autosave/", views.part_autosave, name="part-autosave"),
    path(f"{PART}move/", views.part_move, name="part-move"),
    path(f"{PART}remove/", views.part_remove, name="part-remove"),
]
