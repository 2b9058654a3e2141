"""What the editor's preview panel needs of the admin; `wagtail_hooks.py` imports it."""

from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html_join
from wagtail import hooks

from cms.previews import userbar  # noqa: F401  # its hook
from cms.previews.editor_views import PreviewSettingsView, SitePageViewSet

_PAGE_VIEWS = SitePageViewSet()


@hooks.register("register_admin_viewset")
def register_page_views() -> SitePageViewSet:
    """Previews of pages; registered after Wagtail's own views, whose place they take."""
    return _PAGE_VIEWS


@hooks.register("register_admin_urls", order=-1)
def register_settings_preview() -> list[URLPattern]:
    """Previews of settings, at the address that Wagtail's own have; the first one found counts."""
    return [
        path(
            "settings/<slug:app_name>/<slug:model_name>/<int:pk>/preview/",
            PreviewSettingsView.as_view(),
            name="preview_on_edit",
        )
    ]


@hooks.register("insert_global_admin_js")
def link_panel_scripts() -> str:
    """What Wagtail's preview panel needs so that it can show another origin."""
    scripts = ("previews/panel.js", "previews/checks.js")
    return format_html_join(
        "", '<script type="module" src="{}"></script>', ((static(path),) for path in scripts)
    )
