from django.urls import path

from community.belonging import views as belonging
from community.contact.urls import urlpatterns as contact
from community.dev import composing, mailbox, styleguide
from community.pages import edge, finding, look, mail_check, preview, site, views
from community.stories.urls import urlpatterns as stories
from community.update.urls import urlpatterns as update

app_name = "community"

urlpatterns = [
    path("", site.home, name="home"),
    path("community/", site.the_community, name="the-community"),
    path("community/how-we-work/", site.how_we_work_list, name="how-we-work-list"),
    path("community/how-we-work/<slug:slug>/", site.how_we_work, name="how-we-work"),
    path("community/how-we-work/<slug:slug>/preview/", preview.how_we_work_preview, name="how-we-work-preview"),
    path("community/pages/<slug:key>/preview/", preview.page_preview, name="page-preview"),
    path("campaign/", site.campaign, name="campaign"),
    path("settings/belonging/", belonging.belonging_kit, name="belonging-kit"),
    path("settings/belonging/show/", belonging.belonging_show, name="belonging-show"),
    path("settings/belonging/hide/", belonging.belonging_hide, name="belonging-hide"),
    path("ambassadors/<slug:slug>/verified/", belonging.belonging_verified, name="belonging-verified"),
    path("ambassadors/<slug:slug>/badge.png", belonging.belonging_badge, name="belonging-badge"),
    path("practice/", site.practice, name="practice"),
    path("search/", finding.search_page, name="search-page"),
    path("norms/", site.norms, name="norms"),
    path("privacy/", site.privacy, name="privacy"),
    path("accessibility/", site.accessibility, name="accessibility"),
    *update,
    *stories,
    path("desk/", views.desk, name="desk"),
    path("desk/set-aside/", views.desk_card_set_aside, name="desk-card-set-aside"),
    path("desk/mail/", mail_check.mail_check, name="mail-check"),
    path("desk/mail/send/", mail_check.mail_check_send, name="mail-check-send"),
    path("robots.txt", edge.robots, name="robots"),
    path("sitemap.xml", edge.sitemap, name="sitemap"),
    path("sitemap-<slug:section>.xml", edge.sitemap_section, name="sitemap-section"),
    path(".well-known/security.txt", edge.security_txt, name="security-txt"),
    path("not-for-people/", edge.trap_show, name="trap-show"),
    *contact,
    path("look/accent.css", look.accent, name="accent"),
    path("look/mark.svg", look.mark, name="mark"),
    path("look/share/<str:part>.png", look.share_image, name="share-image"),
    path("look/site.webmanifest", look.manifest, name="manifest"),
    path("dev/mailbox/", mailbox.mailbox, name="mailbox"),
    path("dev/mailbox/write/", composing.mailbox_write, name="mailbox-write"),
    path("dev/mailbox/send/", composing.mailbox_send, name="mailbox-send"),
    path("dev/mailbox/sent/", composing.mailbox_sent, name="mailbox-sent"),
    path("dev/mailbox/sent/<int:pk>/", composing.mailbox_outcome, name="mailbox-outcome"),
    path("dev/mailbox/<str:key>/", mailbox.mailbox_letter, name="mailbox-letter"),
    path("dev/mailbox/<str:key>/html/", mailbox.mailbox_html, name="mailbox-html"),
    path("dev/mailbox/<str:key>/answer/", mailbox.mailbox_answer, name="mailbox-answer"),
    path("dev/styleguide/", styleguide.styleguide, name="styleguide"),
]
