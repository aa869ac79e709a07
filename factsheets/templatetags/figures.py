"""Figures in templates."""

from django import template

from factsheets.shown import describe

register = template.Library()
register.filter(describe)
