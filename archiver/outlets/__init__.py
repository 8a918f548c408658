"""Who is who: names in many spellings and scripts, and addresses, lead to one outlet, or honestly to none.

::

    registry = load_registry()                     # the packaged outlets; the user's own files may be added
    registry.resolve("«Украинскую правду»")        # Resolution: one outlet, several, or none, and how it matched
    registry.by_domain("m.news.example")           # Outlet or None
"""

from archiver.outlets.load import default_registry, load_registry
from archiver.outlets.registry import TYPES, Outlet, Registry, Resolution

__all__ = ["TYPES", "Outlet", "Registry", "Resolution", "default_registry", "load_registry"]
