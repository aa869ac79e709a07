"""What several modules of these tests need."""

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture
def media(settings: Settings, tmp_path: Path) -> Path:
    """Keep files out of the portal's own folder."""
    settings.MEDIA_ROOT = tmp_path
    settings.SITE_ADDRESS = "https://portal.example.org"
    return tmp_path
