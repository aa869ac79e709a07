"""Being written (helper publishing/factsheets)."""
