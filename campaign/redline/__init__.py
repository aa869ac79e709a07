"""Compares two texts, in any script: which paragraph became which, and what changed in its words.

It knows no model: it works on the blocks of `publishing.markdown`.
"""
