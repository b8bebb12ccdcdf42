"""A page read as a person does: its text, its numbers by id, its tables. Nothing else is kept."""

from html.parser import HTMLParser


class Page(HTMLParser):
    """Text outside scripts and styles, `data-n` texts, and every address in the page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.numbers: list[tuple[str, str]] = []
        self.addresses: list[str] = []
        self.tags: list[str] = []
        self.texts: list[str] = []
        self._hidden = 0
        self._number: tuple[str, str] | None = None
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        return "".join(self.texts)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append(tag)
        self.addresses += [given[name] for name in ("src", "href") if given.get(name)]
        self._hidden += tag in ("script", "style", "title")
        if "data-n" in given:
            self._number = (given["data-n"], "")

    def handle_endtag(self, tag):
        self._hidden -= tag in ("script", "style", "title")
        if self._number and tag in ("a", "span"):
            self.numbers.append(self._number)
            self._number = None

    def handle_data(self, data):
        if self._hidden:
            return
        self.texts.append(data)
        if self._number:
            self._number = (self._number[0], self._number[1] + data)
