"""The world map: its shapes, made once of Natural Earth's (public domain) by `make`."""
