"""What this site can do for readers beside showing pages: search, and taking their responses.

Pages that are written to files have no server behind them. Either another address of this site
answers for them, or what needs a server is left out.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class SiteFeatures:
    """`dynamic_url` is where a server of this site answers: "" for the same address as the pages.

    `has_server` says whether there is one at all. Scripts that ask it work at its own address only.
    """

    dynamic_url: str = ""
    has_server: bool = True

    @property
    def has_server_here(self) -> bool:
        """Whether the server answers at the address of the pages, where scripts may ask it."""
        return self.has_server and not self.dynamic_url


WITH_SERVER = SiteFeatures()
