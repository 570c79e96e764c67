"""Addresses of the organisers' desk: today, the wards, and the electors."""

from django.urls import path

from canvassing.views import dashboard, electors, wards

urlpatterns = [
    path("", dashboard.today, name="today"),
    path("wards/", wards.wards, name="wards"),
    path("wards/<slug:gss>/", wards.ward, name="ward"),
    path("electors/", electors.electors, name="electors"),
    path("electors/to-check/", electors.to_check, name="to-check"),
    path("electors/<int:elector>/", electors.elector, name="elector"),
    path("electors/<int:elector>/hide/", electors.hide, name="elector-hide"),
    path("electors/<int:elector>/keep-away/", electors.keep_away, name="keep-away"),
    path("electors/<int:elector>/lift/<int:wish>/", electors.lift, name="lift"),
]
