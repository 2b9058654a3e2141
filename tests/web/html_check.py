"""What a validator would say of a page's HTML, as far as templates can get it wrong."""

from html.parser import HTMLParser

_VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
# SVG's own elements may close themselves.
_SVG_LEAVES = {"path", "circle", "rect"}
_REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls")


class _Checker(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.problems: list[str] = []
        self.open: list[str] = []
        self.ids: list[str] = []
        self.wanted_ids: list[str] = []
        self.levels: list[int] = []
        self.counts: dict[str, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.counts[tag] = self.counts.get(tag, 0) + 1
        if len(attributes) != len(attrs):
            self.note(f"<{tag}> repeats an attribute")
        for name, value in attributes.items():
            if name == "style" or name.startswith("on"):
                self.note(f"<{tag}> has an inline {name}")
            if name in _REFERENCES and value:
                self.wanted_ids += value.split()
            if name == "href" and value and value.startswith("#"):
                self.wanted_ids.append(value[1:])
            if name in {"href", "src", "action"} and not value:
                self.note(f"<{tag}> has an empty {name}")
        if tag == "img" and "alt" not in attributes:
            self.note("<img> without alt")
        if tag in {"script", "style"} and "src" not in attributes:
            self.note(f"inline <{tag}>")
        if identifier := attributes.get("id"):
            self.ids.append(identifier)
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.levels.append(int(tag[1]))
        if tag == "p" and "p" in self.open:
            self.note("<p> within <p>")
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in _SVG_LEAVES:
            self.open.pop()
        elif tag not in _VOID:
            self.note(f"<{tag}/> does not close itself")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.note(f"</{tag}> closes {self.open[-1:] or 'nothing'}")
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if "{{" in data or "{%" in data:
            self.note(f"template syntax: {data.strip()[:60]}")

    def note(self, problem: str) -> None:
        line, _column = self.getpos()
        self.problems.append(f"line {line}: {problem}")


def find_html_problems(html: str) -> list[str]:
    """Everything wrong with a whole page, in words; empty when it is fine."""
    checker = _Checker()
    checker.feed(html)
    checker.close()
    problems = list(checker.problems)
    problems += [f"not closed: <{tag}>" for tag in checker.open]
    problems += [f"id {name!r} twice" for name in {*checker.ids} if checker.ids.count(name) > 1]
    problems += [f"no id {name!r}" for name in {*checker.wanted_ids} - {*checker.ids}]
    for before, after in zip([0, *checker.levels], checker.levels, strict=False):
        if after > before + 1:
            problems.append(f"heading level {after} follows level {before}")
    problems += [
        f"{checker.counts.get(tag, 0)} <{tag}>, not one"
        for tag in ("h1", "main", "title")
        if checker.counts.get(tag) != 1
    ]
    return problems
