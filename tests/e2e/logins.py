"""Logging in to the admin as one of the demo's people."""

from playwright.sync_api import Page

from scripts.announce import PASSWORD


def log_in(page: Page, cms_url: str, username: str) -> None:
    """Open the admin as `username`, whoever was logged in before."""
    page.context.clear_cookies()
    page.goto(f"{cms_url}/admin/")
    page.get_by_label("Username").fill(username)
    page.get_by_placeholder("Enter password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{cms_url}/admin/")
