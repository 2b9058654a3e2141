"""The pages to explore that come with a page: none of them is worth losing the page for."""

import logging

import msgspec

from web.api.models import ExploreCard

logger = logging.getLogger(__name__)


def read_explore_cards(raw: object, source: str) -> list[ExploreCard]:
    """The cards in order; those that cannot be read are left out and logged.

    `source` names the page in the log.
    """
    if not isinstance(raw, list):
        logger.warning("%s: the pages to explore are not a list and are left out", source)
        return []
    cards = []
    for card in raw:
        try:
            cards.append(msgspec.convert(card, ExploreCard))
        except msgspec.ValidationError as error:
            logger.warning("%s: a page to explore is left out: %s", source, error)
    return cards
