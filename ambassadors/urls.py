"""Addresses of people."""

from django.urls import path

from ambassadors import views
from ambassadors.assistants import urls as assistants
from ambassadors.commitments import views as commitments
from ambassadors.engagement import views as engagement
from ambassadors.growth import views as growth
from ambassadors.inviting import urls as inviting
from ambassadors.nominations.urls import urlpatterns as nominations
from ambassadors.outreach import urls as outreach
from ambassadors.slates import views as slates
from ambassadors.vetting.urls import urlpatterns as vetting

app_name = "ambassadors"

urlpatterns = [
    path("ambassadors/", views.ambassador_list, name="ambassador-list"),
    path("ambassadors/<slug:slug>/", views.ambassador_detail, name="ambassador-detail"),
    path("ambassadors/<slug:slug>/card.vcf", views.ambassador_vcard, name="ambassador-vcard"),
    path("people/", views.person_list, name="person-list"),
    path("settings/profile/", views.profile_edit, name="profile-edit"),
    path("settings/engagement/", engagement.engagement_edit, name="engagement-edit"),
    path("settings/engagement/<slug:slug>/", engagement.offer_save, name="offer-save"),
    path("settings/engagement/<slug:slug>/withdraw/", engagement.offer_withdraw, name="offer-withdraw"),
    path("community/engagement/", engagement.engagement, name="engagement"),
    path("engagement/requests/<int:pk>/", engagement.engagement_request_detail, name="engagement-request-detail"),
    path("engagement/requests/<int:pk>/answer/", engagement.engagement_request_answer, name="engagement-request-answer"),
    path("engagement/answer/<str:token>/", engagement.engagement_answer, name="engagement-answer"),
    path("engagement/answer/<str:token>/save/", engagement.engagement_answer_save, name="engagement-answer-save"),
    path("community/growth/", growth.growth, name="growth"),
    path("community/commitments/", commitments.commitments, name="commitments"),
    path("community/commitments/<int:number>/affirm/", commitments.commitments_affirm, name="commitments-affirm"),
    path("community/commitments/<int:number>/later/", commitments.commitments_set_aside, name="commitments-set-aside"),
    path("slates/", slates.slate_list, name="slate-list"),
    path("slates/<int:pk>/", slates.slate_detail, name="slate-detail"),
    path("slates/<int:pk>/answer/", slates.slate_answer, name="slate-answer"),
    path("settings/profile/photo/", views.photo_edit, name="photo-edit"),
    path("settings/profile/photo/crop/", views.photo_crop, name="photo-crop"),
    path("settings/profile/photo/remove/", views.photo_remove, name="photo-remove"),
    path("settings/profile/questions/<slug:field>/skip/", views.question_skip, name="question-skip"),
    path("settings/profile/drafts/<int:pk>/confirm/", views.draft_confirm, name="draft-confirm"),
    path("settings/profile/drafts/<int:pk>/discard/", views.draft_discard, name="draft-discard"),
    path("settings/profile/<slug:name>/", views.section_edit, name="section-edit"),
    *nominations,
    *vetting,
    *inviting.urlpatterns,
    *assistants.urlpatterns,
    *outreach.urlpatterns,
]
