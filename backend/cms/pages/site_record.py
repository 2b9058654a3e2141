"""Wagtail's record of the site, written from the settings."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Page, Site

from cms.pages.models import HomePage
from cms.pages.public_paths import update_public_paths

_DEFAULT_PORTS = {"http": 80, "https": 443}


@transaction.atomic
def sync_site() -> Site | None:
    """Make the default `Site` say what `SITE_URL` says, with the home page as its root.

    Changes nothing where all is right already. None where there is neither a home page nor a
    site to write to.
    """
    address = urlsplit(settings.SITE_URL)
    hostname = (address.hostname or "localhost").lower()
    port = address.port or _DEFAULT_PORTS.get(address.scheme, 80)
    home = HomePage.objects.order_by("path").first()
    same_address = Site.objects.filter(hostname=hostname, port=port).first()
    site = same_address or Site.objects.filter(is_default_site=True).first() or Site()
    if home is None and site.pk is None:
        return None
    wanted = {
        "hostname": hostname,
        "port": port,
        "is_default_site": True,
        "root_page_id": home.pk if home else site.root_page_id,
    }
    if any(getattr(site, name) != value for name, value in wanted.items()):
        _write(site, wanted)
    return site


def add_home_page(home: HomePage) -> HomePage:
    """Put the first home page into the tree, in the place of the page that Wagtail leaves there."""
    root = Page.get_first_root_node()
    # Wagtail's own migrations make a "Welcome" page, which nobody wrote.
    Page.objects.child_of(root).filter(slug=home.slug).delete()
    root.refresh_from_db()
    added: HomePage = root.add_child(instance=home)
    return added


def _write(site: Site, wanted: dict[str, object]) -> None:
    Site.objects.filter(is_default_site=True).exclude(pk=site.pk).update(is_default_site=False)
    for name, value in wanted.items():
        setattr(site, name, value)
    site.save()
    # A page is public only below the root of the site.
    update_public_paths(Page.objects.get(pk=site.root_page_id))
