"""Puts the portal's admin site in the place of Django's; apart from apps.py, since Django wants one config there."""

from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    """Django's admin with the portal's front page."""

    default_site = "campaign.admin_site.PortalAdminSite"
