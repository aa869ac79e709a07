"""Django's admin, as the portal's staff see it."""

from django.contrib.admin import AdminSite


class PortalAdminSite(AdminSite):
    """The admin."""
