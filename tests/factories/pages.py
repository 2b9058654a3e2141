"""The front page and standard pages, complete enough to be published."""

import factory
import wagtail_factories
from wagtail.models import Page, Site

from cms.pages.models import HomePage, StandardPage

SUMMARY = "A calm page in plain words, for tests that need one."


class HomePageFactory(wagtail_factories.PageFactory):
    """The front page, below the root of the tree unless another parent is given."""

    class Meta:
        model = HomePage

    parent = factory.LazyFunction(lambda: Page.get_first_root_node())
    title = "Home"
    slug = factory.Sequence("front-{}".format)
    summary = SUMMARY
    hero_heading = "Massage with care"


class StandardPageFactory(wagtail_factories.PageFactory):
    """A page with a summary and nothing else."""

    class Meta:
        model = StandardPage

    title = factory.Sequence("About {}".format)
    summary = SUMMARY


def build_site(**fields: object) -> HomePage:
    """A front page that the default site has as its root."""
    home: HomePage = HomePageFactory(**fields)
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home}
    )
    Site.clear_site_root_paths_cache()
    return home
