"""More to explore: the pages that a reader may want next, each with its reason in words.

They are chosen by what their content has in common with the page, after those that an editor has
pinned. A reason reads the same on both of two pages.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol, runtime_checkable

from wagtail.models import Page

from cms.contract.references import Wanted, fetch_references
from cms.search.choices import ExploreReasonKind
from cms.search.contract import EXPLORE_TAG, MOST_TO_EXPLORE
from cms.search.documents import Findable, SearchDocument
from cms.search.traits import (
    KnownTraits,
    Trait,
    Traits,
    build_traits,
    fetch_candidates,
    fetch_known_traits,
    fetch_shared_traits,
)

# Looked for beside those that are shown, should the index name one that readers may not see.
_SPARE: Final = 2
_MOST_NAMED: Final = 3
# In the order in which one of them is given as the reason, in the singular and in the plural.
_WORDS: Final = {
    ExploreReasonKind.SYMPTOMS: ("Both", "Both"),
    ExploreReasonKind.BODY_SYSTEMS: ("Same body system", "Same body systems"),
    ExploreReasonKind.CAUTIONS: ("Shares a caution", "Shares cautions"),
}

Wire = dict[str, Any]


@dataclass(frozen=True)
class ExploreWishes:
    """What an editor wants: the ids of pages to show first, in order, and of those to leave out."""

    pinned: Sequence[int] = ()
    left_out: Collection[int] = ()


@runtime_checkable
class Explorable(Findable, Protocol):
    """A page that ends with others to explore."""

    def get_explore_wishes(self) -> ExploreWishes:
        """What an editor wants of them, as it stands in the page's fields."""


@dataclass(frozen=True)
class MoreToExplore:
    """The cards on the wire, and the dependency tags of the choice."""

    cards: list[Wire] = field(default_factory=list)
    tags: Sequence[str] = ()


def get_explore_wishes(page: Page) -> ExploreWishes:
    """What an editor wants of the pages to explore after `page`; nothing where it has none."""
    return page.get_explore_wishes() if isinstance(page, Explorable) else ExploreWishes()


def fetch_more_to_explore(page: Page, related: Collection[Wire]) -> MoreToExplore:
    """What to explore after `page`, which shows the cards `related` already.

    The page may be a draft: its own content is read from its fields. The number of queries does
    not depend on how many pages there are, nor does the work.
    """
    own_id = page.pk
    if not isinstance(page, Explorable):
        return MoreToExplore()
    wishes = page.get_explore_wishes()
    hidden = {own_id, *(card["id"] for card in related), *wishes.left_out}
    reasons: dict[int, Wire] = {
        page_id: {"kind": str(ExploreReasonKind.PINNED), "text": ""}
        for page_id in wishes.pinned
        if page_id not in hidden
    }
    chosen = _iterate_alike(page, page.build_search_document(), hidden | reasons.keys())
    for (page_id, reason), _ in zip(chosen, range(MOST_TO_EXPLORE + _SPARE), strict=False):
        reasons[page_id] = reason
    wanted = Wanted()
    wanted.update("page", reasons)
    references = fetch_references(wanted)
    cards: list[Wire] = []
    tags = {EXPLORE_TAG, *references.tags()}
    for page_id, reason in reasons.items():
        if len(cards) == MOST_TO_EXPLORE:
            break
        card = references.get_or_none("page", page_id)
        if card is not None:
            cards.append({"page": card, "reason": reason})
    return MoreToExplore(cards, sorted(tags))


def _iterate_alike(
    page: Page, document: SearchDocument, hidden: Collection[int | None]
) -> Iterator[tuple[int, Wire]]:
    """The pages that have most in common with `page`, each with the reason."""
    own = build_traits(document)
    if not own:
        return
    known = fetch_known_traits(own)
    candidates = fetch_candidates(known, page.pk, page._meta.label)
    shared = fetch_shared_traits(known, [pk for pk in candidates if pk not in hidden])
    weights = {trait: known.weigh(trait) for trait in known.counts}
    scores = {pk: sum(map(weights.__getitem__, traits)) for pk, traits in shared.items()}
    for page_id in sorted(scores, key=lambda pk: (-scores[pk], pk)):
        yield page_id, _build_reason(own, shared[page_id], known)


def _build_reason(own: Traits, others: Traits, known: KnownTraits) -> Wire:
    kind = next(kind for kind in _WORDS if any(trait.kind == kind for trait in others))
    traits = [trait for trait in others if trait.kind == kind]
    traits.sort(key=lambda trait: (known.counts[trait], trait))
    names = [_name(trait, own, others) for trait in traits[:_MOST_NAMED]]
    if len(traits) > _MOST_NAMED:
        names.append(f"and {len(traits) - _MOST_NAMED} more")
    words = _WORDS[kind][len(traits) > 1]
    return {"kind": str(kind), "text": f"{words}: {', '.join(names)}"}


def _name(trait: Trait, own: Traits, others: Traits) -> str:
    """What a trait is called in the middle of a line, on both of two pages."""
    text = min(own[trait], others[trait], key=lambda name: (len(name), name))
    # Not of "ECG changes", "T wave" or "Raynaud's phenomenon".
    is_capital_needless = re.match(r"\w[a-z]+(?:-[a-z]+)*(?![\w'\u2019-])", text)
    return f"{text[0].lower()}{text[1:]}" if is_capital_needless else text
