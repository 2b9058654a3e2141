"""What the pages app adds to the contract."""

from cms.contract.references import register_loader
from cms.contract.schemas import register_schema
from cms.pages.api import endpoints
from cms.pages.cards import EXAMPLE_CARD, PAGE_CARD, fetch_page_cards


def register() -> None:
    """Describe page cards and the endpoints of pages, and say how cards are fetched."""
    register_schema("PageCard", PAGE_CARD, example=EXAMPLE_CARD)
    register_loader("page", fetch_page_cards, schema_name="PageCard", is_referring=True)
    endpoints.register()
