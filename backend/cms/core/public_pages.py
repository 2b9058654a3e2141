"""Which pages readers may see, and where."""

from functools import cache
from urllib.parse import quote

from django.conf import settings
from django.db.models import CharField, Exists, F, OuterRef, Q, Subquery
from django.db.models.expressions import ExpressionWrapper
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.query import PageQuerySet

# What a path may hold unescaped (RFC 3986, pchar) besides letters, digits and "-._~".
_PATH_CHARACTERS = "/!$&'()*+,;=:@"


def get_public_pages() -> PageQuerySet:
    """The pages that everybody may read: live, in no private section, below the site's root.

    The same as `.live().public()` within the default site, as one query without two before it.
    No session takes part, whatever password it has given.
    """
    return Page.objects.filter(build_public_condition())


@cache
def build_public_condition() -> Q:
    """What a query of pages asks of one that everybody may read.

    Putting it together takes longer than asking the database, so that is done once.
    """
    page_path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    private_sections = PageViewRestriction.objects.alias(
        reader_path=page_path, section_path=_get_path_of("page_id")
    ).filter(reader_path__startswith=F("section_path"))
    sites = (
        Site.objects.order_by()
        .alias(reader_path=page_path, root_path=_get_path_of("root_page_id"))
        .filter(is_default_site=True, reader_path__startswith=F("root_path"))
    )
    return Q(~Exists(private_sections), Exists(sites), live=True)


def _get_path_of(id_field: str) -> Subquery:
    """The place in the tree of the page with the id in a field.

    No join: SQLite, once it has statistics, would begin with every page there is, for each page
    that is asked about.
    """
    return Subquery(Page.objects.order_by().filter(pk=OuterRef(id_field)).values("path"))


def build_public_path(url_path: str) -> str:
    """The path on the public site of a page with this `url_path`.

    The first segment of `url_path` is the home page's, which the public path leaves out.
    """
    return "/" + url_path.lstrip("/").partition("/")[2]


def encode_path(path: str) -> str:
    """`path` percent-encoded, as a link, a header or a redirect needs it."""
    return quote(path, safe=_PATH_CHARACTERS)


def build_public_url(path: str) -> str:
    """The absolute address of a path on the public site."""
    return f"{settings.SITE_URL}{encode_path(path)}"
