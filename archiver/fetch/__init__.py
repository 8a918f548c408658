"""The only door to the network: whole answers, byte for byte, from public addresses, asked for politely.

Import its modules by name: what only judges a page (``pages``) must not cost the import of the network's libraries.
"""
