"""What editors do to what pages share: pictures, people, the branding, redirects and comments."""

from collections.abc import Iterator

from django.contrib.auth.models import User
from django.core.management import call_command
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, CollectionViewRestriction, Site

from cms.branding.models import HeaderMenuItem
from cms.comments import moderation
from cms.comments.choices import CommentsMode, CommentStatus
from cms.comments.models import Comment, CommentSettings
from cms.comments.privacy.personal_data import erase_personal_data
from cms.images.models import SiteImage
from cms.images.renditions import make_missing_renditions
from tests.factories.changes.registry import change, later, post, publish
from tests.factories.connected_site import ConnectedSite
from tests.factories.images import build_picture, build_upload


def _build_private_collection() -> Collection:
    collection: Collection = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    return collection


@change
def describe_picture(site: ConnectedSite) -> Iterator[None]:
    yield
    site.hero.description = "A calm room"
    site.hero.save()


@change
def replace_picture(site: ConnectedSite) -> Iterator[None]:
    yield
    site.figure.file = build_upload("another.jpg", build_picture(size=(90, 30)))
    site.figure.width, site.figure.height = 90, 30
    site.figure.save()


@change
def make_smaller_pictures(site: ConnectedSite) -> Iterator[None]:
    for image in (site.hero, site.logo):
        image.renditions.all().delete()
    yield
    for image in (site.hero, site.logo):
        make_missing_renditions(SiteImage.objects.get(pk=image.pk))


@change
def delete_pictures(site: ConnectedSite) -> Iterator[None]:
    yield
    for image in (site.hero, site.figure, site.badge):
        image.delete()


@change
def move_picture_into_private_collection(site: ConnectedSite) -> Iterator[None]:
    site.hero.collection = _build_private_collection()
    yield
    site.hero.save()


@change
def move_pictures_into_private_collection_at_once(site: ConnectedSite) -> Iterator[None]:
    collection = _build_private_collection()
    yield
    url = reverse("wagtail_bulk_action", args=["images", "siteimage", "add_to_collection"])
    chosen = f"id={site.hero.pk}&id={site.logo.pk}"
    post(f"{url}?{chosen}", collection=collection.pk)


@change
def make_collection_private(site: ConnectedSite) -> Iterator[None]:
    site.logo.collection = Collection.get_first_root_node().add_child(name="Ours")
    site.logo.save()
    yield
    CollectionViewRestriction.objects.create(
        collection=site.logo.collection, restriction_type=CollectionViewRestriction.LOGIN
    )


@change
def move_collection_into_private_one(site: ConnectedSite) -> Iterator[None]:
    site.logo.collection = Collection.get_first_root_node().add_child(name="Ours")
    site.logo.save()
    private = _build_private_collection()
    yield
    url = reverse("wagtailadmin_collections:edit", args=[site.logo.collection.pk])
    post(url, name="Ours", parent=private.pk)


@change
def rename_person(site: ConnectedSite) -> Iterator[None]:
    yield
    site.person.name = "Somebody Else"
    site.person.save()


@change
def rename_body_system(site: ConnectedSite) -> Iterator[None]:
    yield
    site.system.name = "Nerves"
    site.system.save()


@change
def delete_body_system(site: ConnectedSite) -> Iterator[None]:
    yield
    site.system.delete()


@change
def change_branding(site: ConnectedSite) -> Iterator[None]:
    yield
    site.branding.tagline = "Another"
    site.branding.save()


@change
def change_menu(site: ConnectedSite) -> Iterator[None]:
    yield
    HeaderMenuItem.objects.filter(page=site.index).get().delete()


@change
def add_redirect(site: ConnectedSite) -> Iterator[None]:
    yield
    Redirect.add_redirect("/new", site.gout)


@change
def change_redirect(site: ConnectedSite) -> Iterator[None]:
    yield
    site.redirect.redirect_page = site.ms
    site.redirect.save()


@change
def delete_redirect(site: ConnectedSite) -> Iterator[None]:
    yield
    site.redirect.delete()


@change
def approve_comment(site: ConnectedSite) -> Iterator[None]:
    yield
    moderation.approve(site.held, User.objects.create_user("moderator"))


@change
def hide_comment(site: ConnectedSite) -> Iterator[None]:
    yield
    shown = Comment.objects.filter(status=CommentStatus.APPROVED, parent=None).get()
    moderation.move_to_bin(shown, User.objects.create_user("moderator"))


@change
def erase_comment(site: ConnectedSite) -> Iterator[None]:
    Comment.objects.filter(status=CommentStatus.APPROVED).update(email="a@example.org")
    yield
    erase_personal_data("a@example.org")


@change
def close_comments_of_a_page(site: ConnectedSite) -> Iterator[None]:
    yield
    publish(site.ms, comments_mode=CommentsMode.CLOSED)


@change
def close_comments_by_settings(site: ConnectedSite) -> Iterator[None]:
    yield
    CommentSettings.objects.create(site=Site.objects.get(), close_after_days=3)


@change
def close_comments_by_time(site: ConnectedSite) -> Iterator[None]:
    CommentSettings.objects.create(site=Site.objects.get(), close_after_days=5)
    call_command("announce_closed_comments")
    yield
    with later(days=6):
        call_command("announce_closed_comments")
        yield
