"""Signing in with a second factor, one's password and one's account: django-allauth, within this house's rules."""
