"""archiver: a source-tracking archive and provenance manager for news articles.

Importing this package does nothing: no clock, disk, network, settings or logging is touched.
"""

__version__ = "0.1.0"
