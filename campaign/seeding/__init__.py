"""Loads the portal's first content from files that people read and edit.

`reading` reads one file, `tree` finds what each file belongs to, `kinds` says what a folder becomes, `evidence`,
`documents`, `commenting`, `answering` and the others hold the kinds that need code of their own, `rows` writes to the
database, `loading` does it all in order.
"""
