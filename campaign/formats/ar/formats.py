"""Moments in Arabic, where Django has days only and would write the hours the American way."""

DATE_FORMAT = "j F، Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j F، Y، H:i"
