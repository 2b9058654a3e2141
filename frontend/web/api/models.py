"""What the CMS answers, as msgspec structs. Written by `make contract`."""

# ruff: noqa: E501
# fmt: off
from __future__ import annotations

from typing import Annotated, Literal

import msgspec

Advice = Literal["avoid", "ask_first", "modify", "ok"]
AreaRuleKind = Literal["avoid", "gentle_only", "energy_only", "normal"]
BadgeKind = Literal["transgender_flag", "transgender_ally_flag", "progress_flag", "own_image"]
BadgePlacement = Literal["header", "footer"]
CalloutTone = Literal["information", "tip", "caution"]
CarePlace = Literal["home", "hospital", "hospice", "care_home", "clinic", "studio"]
CommentsMode = Literal["open", "closed", "hidden"]
CyclePattern = Literal["relapsing", "progressive", "chronic", "acute", "episodic", "variable"]
ExploreReasonKind = Literal["pinned", "symptoms", "body_systems", "cautions"]
FacetName = Literal["body_system", "advice"]
Heat = Literal["avoid", "mild_only", "ok"]
MatchKind = Literal["name", "abbreviation", "synonym", "lay_term", "symptom"]
Phase = Literal["acute", "subacute", "chronic", "remission", "on_treatment", "post_surgery", "palliative", "any"]
Position = Literal["prone", "supine", "side_lying", "semi_reclined", "seated", "wheelchair", "in_bed"]
Pressure = Literal[0, 1, 2, 3, 4, 5]
SectionRole = Literal["causes", "who_gets_it", "treatment", "outlook", "living_with_it", "other"]
SeeDoctorFirst = Literal["never", "if_unsure", "always"]
Speed = Literal["slow", "moderate", "any"]
Technique = Literal["still_touch", "gliding", "kneading", "friction", "tapping", "vibration", "compression", "deep_tissue", "trigger_point", "myofascial_release", "lymphatic_drainage", "stretching", "joint_movement", "craniosacral", "reflexology", "energy_work", "hot_stone"]
TermKind = Literal["abbreviation", "synonym", "lay_term"]
Urgency = Literal["emergency", "urgent", "non_urgent"]


class Block(msgspec.Struct, frozen=True, kw_only=True):
    """Any block; `BLOCK_VALUES` says what its value is, `DRAFT_BLOCK_VALUES` in a draft."""

    type: str
    id: str = ""
    value: msgspec.Raw = msgspec.Raw(b"null")
    notice: str = ""


class AlsoKnownAs(msgspec.Struct, frozen=True, kw_only=True):
    """Another name under which readers look for a condition."""

    term: str = ""
    kind: str = ""


class AreaRule(msgspec.Struct, frozen=True, kw_only=True):
    """How one area of the body is to be handled, in every phase."""

    area: str
    rule: AreaRuleKind
    max_pressure: Pressure | None
    reason: str


class Badge(msgspec.Struct, frozen=True, kw_only=True):
    """The ally badge; `image` is there for `own_image` alone."""

    kind: str = ""
    label: str = ""
    placement: str = ""
    image: Image | None = None
    link: PageCard | None = None


class BodySystem(msgspec.Struct, frozen=True, kw_only=True):
    """A system of the body, such as the nervous system."""

    id: int = 0
    name: str = ""
    slug: str = ""


class Breadcrumb(msgspec.Struct, frozen=True, kw_only=True):
    """A page above, by name."""

    title: str = ""
    path: str = ""


class CallToActionValue(msgspec.Struct, frozen=True, kw_only=True):
    """Heading, a sentence and one button that leads to a page or to an address."""

    heading: str = ""
    text: str = ""
    button_label: str = ""
    page: PageCard | None = None
    url: str = ""


class CalloutValue(msgspec.Struct, frozen=True, kw_only=True):
    """A short text in a box. For danger signs use the warning signs block instead."""

    tone: str = ""
    heading: str = ""
    text: str = ""


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """Something that readers can notice."""

    number: int = 0
    at: str = ""
    tags: list[str] = []


class ChangeSet(msgspec.Struct, frozen=True, kw_only=True):
    """What changed for readers after a cursor."""

    cursor: str = ""
    start_over: bool = False
    has_more: bool = False
    changes: list[Change] = []


class Colors(msgspec.Struct, frozen=True, kw_only=True):
    """The colours of light mode, and of dark mode."""

    primary: str = ""
    accent: str = ""
    background: str = ""
    text: str = ""
    dark: Palette


class Comment(msgspec.Struct, frozen=True, kw_only=True):
    """A reader's comment, approved, with its replies."""

    id: int = 0
    name: str = ""
    is_therapist: bool = False
    sent_at: str = ""
    is_edited: bool = False
    is_removed: bool = False
    text: str = ""
    html: str = ""
    replies: list[CommentReply] = []


class CommentForm(msgspec.Struct, frozen=True, kw_only=True):
    """What a form needs to be filled in."""

    token: str = ""
    page_title: str = ""
    page_path: str = ""
    reply_to: CommentReply | None = None
    uses_akismet: bool = False


class CommentList(msgspec.Struct, frozen=True, kw_only=True):
    """What readers see of the comments of a page: the approved ones."""

    mode: str = ""
    closes_at: str | None = None
    total: int = 0
    thread_total: int = 0
    threads: list[Comment] = []


class CommentReceipt(msgspec.Struct, frozen=True, kw_only=True):
    """The comment was stored. It appears once it has been read."""

    state: str = ""
    detail: str = ""


class CommentReply(msgspec.Struct, frozen=True, kw_only=True):
    """A reply to a comment, approved."""

    id: int = 0
    name: str = ""
    is_therapist: bool = False
    sent_at: str = ""
    is_edited: bool = False
    is_removed: bool = False
    text: str = ""
    html: str = ""


class CommentSubmission(msgspec.Struct, frozen=True, kw_only=True):
    """A reader's comment."""

    name: str = ""
    email: str = ""
    text: str = ""
    reply_to: int | None = None
    idempotency_key: str = ""
    form_token: str = ""
    honeypot: str = ""


class ConditionIndexPage(msgspec.Struct, frozen=True, kw_only=True):
    """The A to Z of conditions."""

    id: int = 0
    meta: PageMeta
    title: str = ""
    path: str = ""
    summary: str = ""
    last_published_at: str | None = None
    intro: str = ""
    letters: list[Letter] = []


class ConditionPage(msgspec.Struct, frozen=True, kw_only=True):
    """A structured guide to one health condition: what it is, and when massage is suitable."""

    id: int = 0
    meta: PageMeta
    title: str = ""
    path: str = ""
    summary: str = ""
    last_published_at: str | None = None
    condition_name: str = ""
    also_known_as: list[AlsoKnownAs] = []
    hero_image: Image | None = None
    body_systems: list[BodySystem] = []
    icd10_code: str = ""
    author: Person | None = None
    reviewed_by: Person | None = None
    last_reviewed: str | None = None
    review_due: str | None = None
    is_demo: bool = False
    body: list[Block] = []


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """How to reach the practice; each may be empty."""

    phone: str = ""
    email: str = ""
    booking_url: str = ""


class CyclePhase(msgspec.Struct, frozen=True, kw_only=True):
    """One phase of the cycle."""

    phase: str = ""
    label: str = ""
    what_happens: str = ""


class CycleValue(msgspec.Struct, frozen=True, kw_only=True):
    """The pattern over months and years, phase by phase."""

    heading: str = ""
    pattern: str = ""
    intro: str = ""
    phases: list[CyclePhase] = []


class DiagnosisValue(msgspec.Struct, frozen=True, kw_only=True):
    """Who diagnoses, with which tests, and the types that are told apart."""

    heading: str = ""
    who_diagnoses: str = ""
    tests: list[NamedDescription] = []
    types: list[NamedDescription] = []


class DoDontValue(msgspec.Struct, frozen=True, kw_only=True):
    """Do and don't, side by side."""

    heading: str = ""
    dos: list[str] = []
    donts: list[str] = []


class DraftAreaRule(msgspec.Struct, frozen=True, kw_only=True):
    """In a draft. How one area of the body is to be handled, in every phase."""

    area: str = ""
    rule: str | None = None
    max_pressure: int | None = None
    reason: str = ""


class DraftCallToActionValue(msgspec.Struct, frozen=True, kw_only=True):
    """In a draft. Heading, a sentence and one button that leads to a page or to an address."""

    heading: str = ""
    text: str = ""
    button_label: str = ""
    page: PageCard | None = None
    url: str = ""


class DraftCalloutValue(msgspec.Struct, frozen=True, kw_only=True):
    """In a draft. A short text in a box. For danger signs use the warning signs block instead."""

    tone: str | None = None
    heading: str = ""
    text: str = ""


class DraftChange(msgspec.Struct, frozen=True, kw_only=True):
    """One difference between a draft and what readers see now."""

    kind: str = ""
    what: str = ""
    block_id: str | None = None


class DraftConditionIndexPage(msgspec.Struct, frozen=True, kw_only=True):
    """In a draft. The A to Z of conditions."""

    id: int | None = None
    meta: DraftPageMeta = msgspec.field(default_factory=lambda: DraftPageMeta())
    title: str = ""
    path: str = ""
    summary: str = ""
    last_published_at: str | None = None
    intro: str = ""
    letters: list[Letter] = []


class DraftConditionPage(msgspec.Struct, frozen=True, kw_only=True):
    """In a draft. A structured guide to one health condition: what it is, and when massage is suitable."""

    id: int | None = None
    meta: DraftPageMeta = msgspec.field(default_factory=lambda: DraftPageMeta())
    title: str = ""
    path: str = ""
    summary: str = ""
    last_published_at: str | None = None
    condition_name: str = ""
    also_known_as: list[AlsoKnownAs] = []
    hero_image: Image | None = None
    body_systems: list[BodySystem] = []
    icd10_code: str = ""
    author: Person | None = None
    reviewed_by: Person | None = None
    last_reviewed: str | None = None
    review_due: str | None = None
    is_demo: bool = False
    body: list[Block] = []


class DraftCyclePhase(msgspec.Struct, frozen=True, kw_only=True):
    """In a draft. One phase of the cycle."""

    phase: str | None = None
    label: str = ""
    what_happens: str = ""


class DraftCycleValue(msgspec.Struct, frozen=True, kw_only=True):
    """In a draft. The pattern over months and years, phase by phase."""

    heading: str = ""
    pattern: str | None = None
    intro: str = ""
    phases: list[DraftCyclePhase] = []


class DraftDiagnosisValue(msgspec.Struct, frozen=True, kw_only=True):
    """In a draft. Who diagnoses, with which tests, and the types that are told apart."""

    heading: str = ""
    who_diagnoses: str = ""
    tests: list[DraftNamedDescription] = []
    types: list[DraftNamedDescription] = []


class DraftDoDontValue(msgspec.Struct, frozen=True, kw_only=True):
    """In a draft. Do and don't, side by side."""

    heading: str = ""
    dos: list[str] = []
    donts: list[str] = []


class DraftExperienceValue(msgspec.Struct, frozen=True, kw_only=True):
    """In a draft. What the therapist has seen and learned; never a claim that massage treats a condition."""

    heading: str = ""
    person: Person | None = None
    text: str = ""
    places: list[str] = []


class DraftFaqValue(msgspec.Struct, frozen=True, kw_only=True):
    """In a draft. Questions and answers that fold open."""

    heading: str = ""
    items: list[DraftQuestion] = []


class DraftFigureValue(msgspec.Struct, frozen=True, kw_only=True):
    """In a draft. A picture. It needs a description for people who cannot see it, unless it is decorative."""

    image: DraftImage | None = None
    caption: str = ""
    credit: str = ""


class DraftHomePage(msgspec.Struct, frozen=True, kw_only=True):
    """In a draft. The front page: a welcome, a few pages worth reading first, and anything else below."""

    id: int | None = None
    meta: DraftPageMeta = msgspec.field(default_factory=lambda: DraftPageMeta())
    title: str = ""
    path: str = ""
    summary: str = ""
    last_published_at: str | None = None
    hero_heading: str = ""
    hero_text: str = ""
    hero_image: Image | None = None
    featured: list[PageCard] = []
    body: list[Block] = []


class DraftImage(msgspec.Struct, frozen=True, kw_only=True):
    """A picture in a draft."""

    id: int = 0
    alt: str | None = None
    width: int = 0
    height: int = 0
    sources: list[ImageSource] = []


class DraftInfo(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be said of a draft beside it."""

    kind: str = ""
    title: str = ""
    author: str = ""
    created_at: str = ""
    expires_at: str = ""
    is_published: bool = False
    changes: list[DraftChange] = []


class DraftMassageGuidanceValue(msgspec.Struct, frozen=True, kw_only=True):
    """In a draft. The reason readers come. A page needs exactly one to be published."""

    heading: str = ""
    summary: str = ""
    phases: list[DraftPhaseGuidance] = []
    areas: list[DraftAreaRule] = []
    pain_tolerance: str = ""
    see_doctor_first: str | None = None


class DraftNamedDescription(msgspec.Struct, frozen=True, kw_only=True):
    """In a draft. A name and what it is: a test, or a type of the condition."""

    name: str = ""
    description: str = ""


class DraftOverviewValue(msgspec.Struct, frozen=True, kw_only=True):
    """In a draft. Opens the page: what the condition is, in plain words."""

    heading: str = ""
    text: str = ""


class DraftPageMeta(msgspec.Struct, frozen=True, kw_only=True):
    """What Wagtail says of every page, published or not."""

    type: str = ""
    slug: str = ""
    html_url: str | None = None
    seo_title: str = ""
    search_description: str = ""
    show_in_menus: bool = False
    first_published_at: str | None = None


class DraftPhaseGuidance(msgspec.Struct, frozen=True, kw_only=True):
    """In a draft. The advice for one phase. One row of the table that opens the public page."""

    phase: str | None = None
    label: str = ""
    advice: str | None = None
    max_pressure: int | None = None
    speed: str | None = None
    heat: str | None = None
    max_minutes: int | None = None
    note: str = ""
    positions: list[str] = []
    techniques_suited: list[str] = []
    techniques_to_avoid: list[str] = []


class DraftQuestion(msgspec.Struct, frozen=True, kw_only=True):
    """In a draft. A question and its answer."""

    question: str = ""
    answer: str = ""


class DraftQuoteValue(msgspec.Struct, frozen=True, kw_only=True):
    """In a draft. A quotation and who said it."""

    text: str = ""
    attribution: str = ""
    source_url: str = ""


class DraftRedFlagsValue(msgspec.Struct, frozen=True, kw_only=True):
    """In a draft. Warning signs of one urgency. Add a block for each urgency that applies."""

    heading: str = ""
    urgency: str | None = None
    signs: list[str] = []
    what_to_do: str = ""


class DraftRelatedCondition(msgspec.Struct, frozen=True, kw_only=True):
    """In a draft. One other condition page and why it is named here."""

    page: PageCard | None = None
    reason: str = ""


class DraftRelatedConditionsValue(msgspec.Struct, frozen=True, kw_only=True):
    """In a draft. See-also links. A page that readers cannot open is left out until they can."""

    heading: str = ""
    items: list[DraftRelatedCondition] = []


class DraftSectionValue(msgspec.Struct, frozen=True, kw_only=True):
    """In a draft. Text under a heading; the role says what it is about, so that it can be found."""

    role: str | None = None
    heading: str = ""
    text: str = ""


class DraftSource(msgspec.Struct, frozen=True, kw_only=True):
    """In a draft. One source: title, publisher, address and the day on which it was read."""

    title: str = ""
    publisher: str = ""
    url: str = ""
    checked_on: str | None = None


class DraftSourcesValue(msgspec.Struct, frozen=True, kw_only=True):
    """In a draft. The sources of the page, as a list."""

    heading: str = ""
    items: list[DraftSource] = []


class DraftStandardPage(msgspec.Struct, frozen=True, kw_only=True):
    """In a draft. A page such as “About me”, “Prices” or a statement."""

    id: int | None = None
    meta: DraftPageMeta = msgspec.field(default_factory=lambda: DraftPageMeta())
    title: str = ""
    path: str = ""
    summary: str = ""
    last_published_at: str | None = None
    intro: str = ""
    body: list[Block] = []


class DraftSymptom(msgspec.Struct, frozen=True, kw_only=True):
    """In a draft. One symptom, in the words that readers use."""

    text: str = ""
    note: str = ""


class DraftSymptomsValue(msgspec.Struct, frozen=True, kw_only=True):
    """In a draft. The symptoms as a list, with the reminder that only a doctor can diagnose."""

    heading: str = ""
    intro: str = ""
    items: list[DraftSymptom] = []
    diagnosis_note: str = ""


class ExperienceValue(msgspec.Struct, frozen=True, kw_only=True):
    """What the therapist has seen and learned; never a claim that massage treats a condition."""

    heading: str = ""
    person: Person
    text: str = ""
    places: list[str] = []


class ExploreCard(msgspec.Struct, frozen=True, kw_only=True):
    """A page that a reader may want next, and why."""

    page: PageCard
    reason: ExploreReason


class ExploreReason(msgspec.Struct, frozen=True, kw_only=True):
    """Why a page is worth a look."""

    kind: str = ""
    text: str = ""


class FaqValue(msgspec.Struct, frozen=True, kw_only=True):
    """Questions and answers that fold open."""

    heading: str = ""
    items: list[Question] = []


class FieldProblem(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong with one field of what was sent."""

    field: str = ""
    detail: str = ""


class FigureValue(msgspec.Struct, frozen=True, kw_only=True):
    """A picture. It needs a description for people who cannot see it, unless it is decorative."""

    image: Image
    caption: str = ""
    credit: str = ""


class HomePage(msgspec.Struct, frozen=True, kw_only=True):
    """The front page: a welcome, a few pages worth reading first, and anything else below."""

    id: int = 0
    meta: PageMeta
    title: str = ""
    path: str = ""
    summary: str = ""
    last_published_at: str | None = None
    hero_heading: str = ""
    hero_text: str = ""
    hero_image: Image | None = None
    featured: list[PageCard] = []
    body: list[Block] = []


class Image(msgspec.Struct, frozen=True, kw_only=True):
    """A picture."""

    id: int = 0
    alt: str = ""
    width: int = 0
    height: int = 0
    sources: list[ImageSource] = []


class ImageSource(msgspec.Struct, frozen=True, kw_only=True):
    """One file of a picture."""

    mime_type: str = ""
    width: int = 0
    height: int = 0
    url: str = ""


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A letter of the A to Z; `#` stands for names that start with anything else."""

    letter: str = ""
    count: int = 0


class ListedRedirect(msgspec.Struct, frozen=True, kw_only=True):
    """A redirect; its path leads nowhere else, with a slash at the end or without."""

    path: str = ""
    location: str = ""
    permanent: bool = False


class MassageGuidanceValue(msgspec.Struct, frozen=True, kw_only=True):
    """The reason readers come. A page needs exactly one to be published."""

    heading: str
    summary: str
    phases: Annotated[list[PhaseGuidance], msgspec.Meta(min_length=1)]
    areas: list[AreaRule]
    pain_tolerance: str
    see_doctor_first: SeeDoctorFirst


class MenuItem(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a menu."""

    label: str = ""
    href: str = ""


class Menus(msgspec.Struct, frozen=True, kw_only=True):
    """The menus, in the order of their entries."""

    header: list[MenuItem] = []
    footer: list[MenuItem] = []


class NamedDescription(msgspec.Struct, frozen=True, kw_only=True):
    """A name and what it is: a test, or a type of the condition."""

    name: str = ""
    description: str = ""


class OverviewValue(msgspec.Struct, frozen=True, kw_only=True):
    """Opens the page: what the condition is, in plain words."""

    heading: str = ""
    text: str = ""


class PageCard(msgspec.Struct, frozen=True, kw_only=True):
    """A page in short, for a link to it."""

    id: int = 0
    type: str = ""
    title: str = ""
    path: str = ""
    html_url: str = ""
    summary: str = ""
    image: Image | None = None


class PageListing(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the pages; `total_count` counts all that the filters leave."""

    meta: PageListingMeta
    items: list[PageListingItem] = []


class PageListingItem(msgspec.Struct, frozen=True, kw_only=True):
    """A page in a listing, with the fields that were asked for as the page's own schema has them. These are served unless `fields` says otherwise."""

    id: int = 0
    meta: PageListingItemMeta
    title: str = ""


class PageListingItemMeta(msgspec.Struct, frozen=True, kw_only=True):
    """The fields of `PageMeta` that a listing has unless `fields` says otherwise."""

    type: str = ""
    detail_url: str = ""
    html_url: str | None = None
    slug: str = ""
    first_published_at: str | None = None


class PageListingMeta(msgspec.Struct, frozen=True, kw_only=True):
    """PageListingMeta"""

    total_count: int = 0


class PageMeta(msgspec.Struct, frozen=True, kw_only=True):
    """What Wagtail says of every page."""

    type: str = ""
    detail_url: str = ""
    html_url: str | None = None
    slug: str = ""
    show_in_menus: bool = False
    seo_title: str = ""
    search_description: str = ""
    first_published_at: str | None = None
    alias_of: PageParent | None = None
    parent: PageParent | None = None


class PageParent(msgspec.Struct, frozen=True, kw_only=True):
    """Another page, by name."""

    id: int = 0
    meta: PageParentMeta
    title: str = ""


class PageParentMeta(msgspec.Struct, frozen=True, kw_only=True):
    """Where another page is."""

    type: str = ""
    detail_url: str = ""
    html_url: str | None = None


class Palette(msgspec.Struct, frozen=True, kw_only=True):
    """The four colours of one mode."""

    primary: str = ""
    accent: str = ""
    background: str = ""
    text: str = ""


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who writes or reviews pages, or speaks from experience."""

    id: int = 0
    name: str = ""
    credentials: str = ""
    role: str = ""


class PhaseGuidance(msgspec.Struct, frozen=True, kw_only=True):
    """The advice for one phase. One row of the table that opens the public page."""

    phase: Phase
    label: str
    advice: Advice
    max_pressure: Pressure | None
    speed: Speed | None
    heat: Heat | None
    max_minutes: Annotated[int, msgspec.Meta(ge=5, le=180)] | None
    note: str
    positions: list[Position]
    techniques_suited: list[Technique]
    techniques_to_avoid: list[Technique]


class Practitioner(msgspec.Struct, frozen=True, kw_only=True):
    """Whose practice it is. All are empty where nobody is named."""

    name: str = ""
    credentials: str = ""
    line: str = ""


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """A draft, for whoever has its token."""

    page: msgspec.Raw
    path: str = ""
    breadcrumbs: list[Breadcrumb] = []
    related: list[PageCard] = []
    more_to_explore: list[ExploreCard] = []
    comments: CommentList
    seo: Seo
    site: Site | None = None
    draft: DraftInfo
    userbar: str = ""


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """An error, as RFC 9457 describes it."""

    type: str = ""
    title: str = ""
    status: int = 0
    detail: str = ""
    code: str = ""
    parameters: list[str] = []
    errors: list[FieldProblem] = []


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A question and its answer."""

    question: str = ""
    answer: str = ""


class QuoteValue(msgspec.Struct, frozen=True, kw_only=True):
    """A quotation and who said it."""

    text: str = ""
    attribution: str = ""
    source_url: str = ""


class RedFlagsValue(msgspec.Struct, frozen=True, kw_only=True):
    """Warning signs of one urgency. Add a block for each urgency that applies."""

    heading: str
    urgency: Urgency
    signs: Annotated[list[str], msgspec.Meta(min_length=1)]
    what_to_do: str


class RedirectListing(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the redirects, in the order of their paths."""

    meta: PageListingMeta
    items: list[ListedRedirect] = []


class RelatedCondition(msgspec.Struct, frozen=True, kw_only=True):
    """One other condition page and why it is named here."""

    page: PageCard
    reason: str = ""


class RelatedConditionsValue(msgspec.Struct, frozen=True, kw_only=True):
    """See-also links. A page that readers cannot open is left out until they can."""

    heading: str = ""
    items: list[RelatedCondition] = []


class ResolvedGone(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="gone"):
    """Everybody could once read a page here; it was deleted, unpublished or has expired."""

    tags: list[str] = []


class ResolvedNotFound(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="not_found"):
    """Nothing is here."""

    tags: list[str] = []


class ResolvedPage(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="page"):
    """A page is at this path."""

    page: msgspec.Raw
    breadcrumbs: list[Breadcrumb] = []
    related: list[PageCard] = []
    more_to_explore: list[ExploreCard] = []
    comments: CommentList
    seo: Seo
    tags: list[str] = []
    version: str = ""


class ResolvedRedirect(msgspec.Struct, frozen=True, kw_only=True, tag_field="type", tag="redirect"):
    """What was asked for is somewhere else, or spelled otherwise."""

    location: str = ""
    permanent: bool = False
    tags: list[str] = []


class SearchFacet(msgspec.Struct, frozen=True, kw_only=True):
    """One way to narrow the results."""

    name: str = ""
    label: str = ""
    values: list[SearchFacetValue] = []


class SearchFacetValue(msgspec.Struct, frozen=True, kw_only=True):
    """A value by which results can be narrowed, with how many are left then."""

    value: str = ""
    label: str = ""
    count: int = 0
    is_selected: bool = False


class SearchFragment(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of a page's text that answers the query."""

    text: str = ""
    ranges: list[TextRange] = []
    heading: str = ""
    block_id: str | None = None


class SearchLink(msgspec.Struct, frozen=True, kw_only=True):
    """An address elsewhere that an editor wants first for this query."""

    title: str = ""
    url: str = ""
    description: str = ""


class SearchMatch(msgspec.Struct, frozen=True, kw_only=True):
    """Why a page was found: a name of it or a symptom."""

    kind: str = ""
    text: str = ""
    ranges: list[TextRange] = []


class SearchResult(msgspec.Struct, frozen=True, kw_only=True):
    """A page that answers a query."""

    id: int = 0
    type: str = ""
    title: str = ""
    name: str = ""
    path: str = ""
    html_url: str = ""
    summary: str = ""
    is_promoted: bool = False
    promotion: str = ""
    matches: list[SearchMatch] = []
    fragments: list[SearchFragment] = []


class SearchResults(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the pages that answer a query."""

    query: str = ""
    corrected_query: str | None = None
    missing_words: list[str] = []
    total: int = 0
    is_total_exact: bool = False
    links: list[SearchLink] = []
    results: list[SearchResult] = []
    facets: list[SearchFacet] = []
    nearest: list[SuggestedPage] = []


class SectionValue(msgspec.Struct, frozen=True, kw_only=True):
    """Text under a heading; the role says what it is about, so that it can be found."""

    role: str = ""
    heading: str = ""
    text: str = ""


class Seo(msgspec.Struct, frozen=True, kw_only=True):
    """What search engines and link previews are told."""

    title: str = ""
    description: str = ""
    canonical_url: str = ""
    image: Image | None = None
    noindex: bool = False


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """The branding of the public site."""

    name: str = ""
    tagline: str = ""
    url: str = ""
    practitioner: Practitioner
    service_area: str = ""
    contact: Contact
    logo: Image | None = None
    colors: Colors
    badge: Badge | None = None
    menus: Menus
    footer_text: str = ""
    conditions_path: str = ""
    tags: list[str] = []


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """One source: title, publisher, address and the day on which it was read."""

    title: str = ""
    publisher: str = ""
    url: str = ""
    checked_on: str | None = None


class SourcesValue(msgspec.Struct, frozen=True, kw_only=True):
    """The sources of the page, as a list."""

    heading: str = ""
    items: list[Source] = []


class StandardPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page such as “About me”, “Prices” or a statement."""

    id: int = 0
    meta: PageMeta
    title: str = ""
    path: str = ""
    summary: str = ""
    last_published_at: str | None = None
    intro: str = ""
    body: list[Block] = []


class SuggestedPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page that the reader may mean."""

    id: int = 0
    type: str = ""
    name: str = ""
    path: str = ""
    html_url: str = ""
    match: SearchMatch | None = None
    ranges: list[TextRange] = []


class Suggestions(msgspec.Struct, frozen=True, kw_only=True):
    """The pages that a reader who is still typing may mean."""

    query: str = ""
    suggestions: list[SuggestedPage] = []


class Symptom(msgspec.Struct, frozen=True, kw_only=True):
    """One symptom, in the words that readers use."""

    text: str = ""
    note: str = ""


class SymptomsValue(msgspec.Struct, frozen=True, kw_only=True):
    """The symptoms as a list, with the reminder that only a doctor can diagnose."""

    heading: str = ""
    intro: str = ""
    items: list[Symptom] = []
    diagnosis_note: str = ""


class TextRange(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the text beside it, in Unicode characters (code points) from 0; `end` is the first that is not part of it."""

    start: int = 0
    end: int = 0


BLOCK_VALUES: dict[str, type[msgspec.Struct]] = {
    "call_to_action": CallToActionValue,
    "callout": CalloutValue,
    "cycle": CycleValue,
    "diagnosis": DiagnosisValue,
    "do_dont": DoDontValue,
    "experience": ExperienceValue,
    "faq": FaqValue,
    "figure": FigureValue,
    "massage_guidance": MassageGuidanceValue,
    "overview": OverviewValue,
    "quote": QuoteValue,
    "red_flags": RedFlagsValue,
    "related_conditions": RelatedConditionsValue,
    "section": SectionValue,
    "sources": SourcesValue,
    "symptoms": SymptomsValue,
}

PAGE_TYPES: dict[str, type[msgspec.Struct]] = {
    "conditions.ConditionIndexPage": ConditionIndexPage,
    "conditions.ConditionPage": ConditionPage,
    "pages.HomePage": HomePage,
    "pages.StandardPage": StandardPage,
}

DRAFT_BLOCK_VALUES: dict[str, type[msgspec.Struct]] = {
    "call_to_action": DraftCallToActionValue,
    "callout": DraftCalloutValue,
    "cycle": DraftCycleValue,
    "diagnosis": DraftDiagnosisValue,
    "do_dont": DraftDoDontValue,
    "experience": DraftExperienceValue,
    "faq": DraftFaqValue,
    "figure": DraftFigureValue,
    "massage_guidance": DraftMassageGuidanceValue,
    "overview": DraftOverviewValue,
    "quote": DraftQuoteValue,
    "red_flags": DraftRedFlagsValue,
    "related_conditions": DraftRelatedConditionsValue,
    "section": DraftSectionValue,
    "sources": DraftSourcesValue,
    "symptoms": DraftSymptomsValue,
}

DRAFT_PAGE_TYPES: dict[str, type[msgspec.Struct]] = {
    "conditions.ConditionIndexPage": DraftConditionIndexPage,
    "conditions.ConditionPage": DraftConditionPage,
    "pages.HomePage": DraftHomePage,
    "pages.StandardPage": DraftStandardPage,
}
CRITICAL_BLOCKS = frozenset({"massage_guidance", "red_flags"})
LABELS: dict[str, dict[str, str]] = {
    "Advice": {
        "avoid": "Do not massage",
        "ask_first": "Ask the doctor first",
        "modify": "Yes, with changes",
        "ok": "Yes",
    },
    "AreaRuleKind": {
        "avoid": "Do not touch",
        "gentle_only": "Very gently only",
        "energy_only": "Energy work only",
        "normal": "As elsewhere",
    },
    "BadgeKind": {
        "transgender_flag": "Transgender flag",
        "transgender_ally_flag": "Transgender ally flag",
        "progress_flag": "Progress pride flag",
        "own_image": "A picture of your own",
    },
    "BadgePlacement": {
        "header": "At the top of every page",
        "footer": "At the bottom of every page",
    },
    "CalloutTone": {
        "information": "Good to know",
        "tip": "Tip",
        "caution": "Take care",
    },
    "CarePlace": {
        "home": "At home",
        "hospital": "In hospital",
        "hospice": "In a hospice",
        "care_home": "In a care home",
        "clinic": "In a clinic",
        "studio": "In the studio",
    },
    "CommentsMode": {
        "open": "Open: readers may respond",
        "closed": "Closed: responses are shown, no form",
        "hidden": "Hidden: neither responses nor form",
    },
    "CyclePattern": {
        "relapsing": "Flares up and settles (relapsing)",
        "progressive": "Slowly gets worse (progressive)",
        "chronic": "Always there (chronic)",
        "acute": "Comes once and heals (acute)",
        "episodic": "Comes in separate attacks (episodic)",
        "variable": "Different for each person (variable)",
    },
    "ExploreReasonKind": {
        "pinned": "Chosen by an editor",
        "symptoms": "Shared symptoms",
        "body_systems": "Same body system",
        "cautions": "Shared cautions",
    },
    "FacetName": {
        "body_system": "Body system",
        "advice": "Massage advice",
    },
    "Heat": {
        "avoid": "No heat",
        "mild_only": "Mild warmth only",
        "ok": "Heat is fine",
    },
    "MatchKind": {
        "name": "Name",
        "abbreviation": "Abbreviation",
        "synonym": "Also called",
        "lay_term": "Also called",
        "symptom": "Symptom",
    },
    "Phase": {
        "acute": "Flare or acute phase",
        "subacute": "Settling down (subacute)",
        "chronic": "Long-standing (chronic)",
        "remission": "In remission",
        "on_treatment": "During medical treatment",
        "post_surgery": "After surgery",
        "palliative": "Palliative or hospice care",
        "any": "At any time",
    },
    "Position": {
        "prone": "Face down",
        "supine": "Face up",
        "side_lying": "On the side",
        "semi_reclined": "Half sitting",
        "seated": "Seated",
        "wheelchair": "In a wheelchair",
        "in_bed": "In bed",
    },
    "Pressure": {
        "0": "0: holding only, no pressure",
        "1": "1: light lotioning",
        "2": "2: heavy lotioning",
        "3": "3: medium pressure",
        "4": "4: strong pressure",
        "5": "5: deep pressure",
    },
    "SectionRole": {
        "causes": "Causes",
        "who_gets_it": "Who gets it",
        "treatment": "Treatment",
        "outlook": "Outlook",
        "living_with_it": "Living with it",
        "other": "Something else",
    },
    "SeeDoctorFirst": {
        "never": "Not needed",
        "if_unsure": "If unsure",
        "always": "Always",
    },
    "Speed": {
        "slow": "Slow",
        "moderate": "Moderate",
        "any": "Any speed",
    },
    "Technique": {
        "still_touch": "Still, holding touch",
        "gliding": "Gliding strokes (effleurage)",
        "kneading": "Kneading (petrissage)",
        "friction": "Friction",
        "tapping": "Tapping (tapotement)",
        "vibration": "Vibration",
        "compression": "Compression",
        "deep_tissue": "Deep tissue work",
        "trigger_point": "Trigger point work",
        "myofascial_release": "Myofascial release",
        "lymphatic_drainage": "Lymphatic drainage",
        "stretching": "Stretching",
        "joint_movement": "Passive joint movement",
        "craniosacral": "Craniosacral work",
        "reflexology": "Reflexology",
        "energy_work": "Energy work",
        "hot_stone": "Hot stones",
    },
    "TermKind": {
        "abbreviation": "Abbreviation",
        "synonym": "Another medical name",
        "lay_term": "Everyday word",
    },
    "Urgency": {
        "emergency": "Emergency: call 911",
        "urgent": "Urgent: a doctor today",
        "non_urgent": "Soon: make an appointment",
    },
    "Block": {
        "call_to_action": "Call to action",
        "callout": "Callout",
        "cycle": "Cycle",
        "diagnosis": "Diagnosis and types",
        "do_dont": "Do and don't",
        "experience": "Experience",
        "faq": "Questions and answers",
        "figure": "Picture",
        "massage_guidance": "Massage guidance",
        "overview": "Overview",
        "quote": "Quotation",
        "red_flags": "Warning signs",
        "related_conditions": "Related conditions",
        "section": "Section",
        "sources": "Sources",
        "symptoms": "Symptoms",
    },
}
