"""Numbers of things, in words."""


def count(number: int, noun: str) -> str:
    """A number of things, such as "1 page" or "6 pages"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
