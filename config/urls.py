"""The whole address map on one screen."""

from django.contrib import admin
from django.urls import include, path

from campaigns.urls import account_urls
from campaigns.views import files
from campaigns.views.account import front_page
from config import health

urlpatterns = [
    path("", front_page, name="dashboard"),
    path("health/", health.answer, name="health"),
    path("account/", include(account_urls)),
    path("files/<int:file>/", files.download, name="file"),
    path("admin/", admin.site.urls),
    path("api/", include("config.api")),
    path("field/", include("canvassing.urls_field")),
    path("field/", include("canvassing.urls_field_pages")),
    path("field/", include("volunteers.urls_field")),
    # Last: the first word of every other address is a campaign's.
    path("<slug:campaign>/", include("canvassing.urls_desk")),
    path("<slug:campaign>/", include("canvassing.urls_lists")),
    path("<slug:campaign>/", include("canvassing.urls_sessions")),
    path("<slug:campaign>/", include("canvassing.urls_rounds")),
    path("<slug:campaign>/leaflets/", include("canvassing.urls_leaflets")),
    path("<slug:campaign>/", include("canvassing.urls_scripts")),
    path("<slug:campaign>/", include("canvassing.urls_contacts")),
    path("<slug:campaign>/", include("canvassing.urls_keypad")),
    path("<slug:campaign>/", include("canvassing.urls_phones")),
    path("<slug:campaign>/", include("campaigns.urls")),
    path("<slug:campaign>/volunteers/", include("volunteers.urls_desk")),
    path("<slug:campaign>/money/", include("campaigns.urls_money")),
    path("<slug:campaign>/money/", include("canvassing.urls_money")),
    path("<slug:campaign>/money/", include("campaigns.urls_statements")),
    path("<slug:campaign>/money/", include("campaigns.urls_supplier_invoices")),
]
