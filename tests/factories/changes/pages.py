"""What editors do to pages."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Site

from cms.conditions.models import AlsoKnownAs, ConditionPage
from tests.factories.changes.registry import change, later, post, publish
from tests.factories.conditions import ConditionPageFactory, build_guidance
from tests.factories.connected_site import ConnectedSite, build_related, build_symptoms
from tests.factories.pages import StandardPageFactory
from tests.factories.restrictions import make_private


@change
def publish_text(site: ConnectedSite) -> Iterator[None]:
    yield
    publish(site.gout, body=[build_guidance(pain_tolerance="Say so when it is too much.")])


@change
def publish_title(site: ConnectedSite) -> Iterator[None]:
    yield
    publish(site.gout, title="Massage for painful toes")


@change
def publish_summary(site: ConnectedSite) -> Iterator[None]:
    yield
    publish(site.gout, summary="Another summary of forty characters and a few more.")


@change
def publish_condition_name(site: ConnectedSite) -> Iterator[None]:
    yield
    publish(site.gout, condition_name="Podagra")


@change
def publish_other_name(site: ConnectedSite) -> Iterator[None]:
    yield
    site.gout.also_known_as.add(AlsoKnownAs(term="Podagra"))
    publish(site.gout)


@change
def publish_symptoms(site: ConnectedSite) -> Iterator[None]:
    yield
    publish(site.gout, body=[build_guidance(), build_symptoms("Tremor", "Numbness")])


@change
def publish_body_systems(site: ConnectedSite) -> Iterator[None]:
    yield
    publish(site.sciatica, body_systems=[site.system])


@change
def publish_picture(site: ConnectedSite) -> Iterator[None]:
    yield
    publish(site.gout, hero_image=site.hero)


@change
def publish_new_relation(site: ConnectedSite) -> Iterator[None]:
    yield
    publish(site.gout, body=[build_guidance(), build_related(site.ms)])


@change
def publish_draft(site: ConnectedSite) -> Iterator[None]:
    yield
    publish(site.lupus)


@change
def publish_new_page(site: ConnectedSite) -> Iterator[None]:
    page: Any = StandardPageFactory(parent=site.home, slug="new", live=False)
    yield
    publish(page)


@change
def publish_new_condition_by_code(site: ConnectedSite) -> Iterator[None]:
    yield
    ConditionPageFactory(parent=site.index, slug="new", condition_name="Ataxia")


@change
def publish_new_section(site: ConnectedSite) -> Iterator[None]:
    publish(site.index, live=True)
    site.index.unpublish()
    yield
    publish(site.index)


@change
def go_live(site: ConnectedSite) -> Iterator[None]:
    site.lupus.go_live_at = timezone.now() + datetime.timedelta(days=1)
    publish(site.lupus)
    yield
    with later(days=2):
        call_command("publish_scheduled")


@change
def expire(site: ConnectedSite) -> Iterator[None]:
    past = timezone.now() - datetime.timedelta(minutes=1)
    ConditionPage.objects.filter(pk=site.gout.pk).update(expire_at=past)
    yield
    call_command("publish_scheduled")


@change
def unpublish(site: ConnectedSite) -> Iterator[None]:
    yield
    site.gout.unpublish()


@change
def unpublish_section(site: ConnectedSite) -> Iterator[None]:
    yield
    site.index.unpublish()


@change
def delete(site: ConnectedSite) -> Iterator[None]:
    yield
    Page.objects.get(pk=site.gout.pk).delete()


@change
def delete_section(site: ConnectedSite) -> Iterator[None]:
    yield
    Page.objects.get(pk=site.index.pk).delete()


@change
def delete_original(site: ConnectedSite) -> Iterator[None]:
    yield
    Page.objects.get(pk=site.about.pk).delete()


@change
def rename(site: ConnectedSite) -> Iterator[None]:
    yield
    publish(site.gout, slug="new")


@change
def rename_section(site: ConnectedSite) -> Iterator[None]:
    yield
    publish(site.index, slug="library")


@change
def rename_section_that_is_no_page(site: ConnectedSite) -> Iterator[None]:
    site.index.unpublish()
    yield
    site.index.slug = "library"
    site.index.save()


@change
def rename_root(site: ConnectedSite) -> Iterator[None]:
    yield
    publish(site.home, slug="another-front")


@change
def move(site: ConnectedSite) -> Iterator[None]:
    yield
    site.gout.move(site.home, pos="last-child")


@change
def move_section(site: ConnectedSite) -> Iterator[None]:
    yield
    site.index.move(site.about, pos="last-child")


@change
def move_out_of_the_site(site: ConnectedSite) -> Iterator[None]:
    yield
    site.index.move(Page.get_first_root_node(), pos="last-child")


@change
def copy_section(site: ConnectedSite) -> Iterator[None]:
    yield
    attributes = {"slug": "copy", "title": "Copy"}
    site.index.copy(recursive=True, keep_live=True, update_attrs=attributes)


@change
def make_page_private(site: ConnectedSite) -> Iterator[None]:
    yield
    make_private(site.gout)


@change
def make_section_private(site: ConnectedSite) -> Iterator[None]:
    yield
    make_private(site.index)


@change
def make_site_private(site: ConnectedSite) -> Iterator[None]:
    yield
    make_private(site.home)


@change
def make_private_page_public(site: ConnectedSite) -> Iterator[None]:
    yield
    site.prices.view_restrictions.get().delete()


@change
def change_original_of_an_alias(site: ConnectedSite) -> Iterator[None]:
    yield
    publish(site.about, title="About us")


@change
def make_original_of_an_alias_private(site: ConnectedSite) -> Iterator[None]:
    yield
    make_private(site.about)


@change
def rename_original_of_an_alias(site: ConnectedSite) -> Iterator[None]:
    yield
    publish(site.about, slug="new")


@change
def add_alias(site: ConnectedSite) -> Iterator[None]:
    yield
    site.gout.create_alias(parent=site.index, update_slug="new")


@change
def detach_alias(site: ConnectedSite) -> Iterator[None]:
    yield
    post(reverse("wagtailadmin_pages:convert_alias", args=[site.alias.pk]))


@change
def another_root(site: ConnectedSite) -> Iterator[None]:
    yield
    record = Site.objects.get()
    record.root_page = site.about
    record.save()
