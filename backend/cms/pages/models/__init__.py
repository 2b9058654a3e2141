"""The home page, standard pages, and the record of public paths."""

from cms.pages.models.home_page import FeaturedPage, HomePage
from cms.pages.models.standard_page import StandardPage
from cms.pages.public_paths import PublicPath

__all__ = ["FeaturedPage", "HomePage", "PublicPath", "StandardPage"]
