"""The words that readers see for the values of the contract's closed vocabularies.

Most are the contract's own labels, so that the editor and the reader see the same words. A value
that this version does not know is shown in a neutral way: as itself, made readable. Critical
blocks never get that far: there, an unknown value withholds the whole block.
"""

from typing import Final

from web.api.models import LABELS

# The editor answers a question with these; the reader sees no question, so gets a sentence.
_SENTENCES: Final = {
    "SeeDoctorFirst": {
        "never": "You do not need to see a doctor before you book.",
        "if_unsure": "If you are unsure, see a doctor before you book.",
        "always": "Always see a doctor before you book.",
    },
}


def get_label(value: str | int | None, vocabulary: str) -> str:
    """The words for `value`, such as "In remission"; an unknown value is made readable.

    A draft may have no value yet, for which there are no words.
    """
    if value is None:
        return ""
    known = {**LABELS[vocabulary], **_SENTENCES.get(vocabulary, {})}.get(str(value))
    return known or str(value).replace("_", " ").strip().capitalize()


def get_pressure_words(level: int) -> str:
    """The words for a level of pressure without its number, such as "light lotioning"."""
    label = get_label(level, "Pressure")
    return label.partition(": ")[2] or label


def is_known(value: str | int | None, vocabulary: str) -> bool:
    """Whether this version has words for `value`."""
    return str(value) in LABELS[vocabulary]
