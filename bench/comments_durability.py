"""Whether a response that was acknowledged is there, however the CMS dies.

`make bench-comments` sends responses from several threads at once while it kills the CMS, with all
its processes (SIGKILL), at random moments, and starts it again. Whoever gets no answer sends the
same once more, as a site does; some send it again although they got one. Afterwards the database is
read without the CMS. Prints what was acknowledged, found and doubled; the exit status is 1 when
anything is missing or doubled.
"""

import argparse
import random
import sys
import tempfile
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.comments_stream import Sender, StreamError, fetch_page_ids
from bench.comments_table import count_comments
from bench.killed_server import KilledServer
from bench.search_progress import ProgressBar
from tests.live_servers import build_test_instance, load_demo, make_database

SENDERS: Final = 6
# Sent to each page within ten minutes, at most; the CMS takes no more.
MOST_TO_A_PAGE: Final = 50


@dataclass(frozen=True)
class Result:
    """What became of the stream."""

    sent: int
    kills: int
    tries: int
    acknowledged: int
    found: int
    doubled: int
    missing: int

    @property
    def is_sound(self) -> bool:
        """Whether every acknowledged response is there, once."""
        return not self.missing and not self.doubled and self.acknowledged == self.sent

    def __str__(self) -> str:
        return "\n".join(
            (
                f"sent          {self.sent:6,}  (in {self.tries:,} tries)",
                f"kills         {self.kills:6,}",
                f"acknowledged  {self.acknowledged:6,}",
                f"found         {self.found:6,}",
                f"missing       {self.missing:6,}",
                f"doubled       {self.doubled:6,}",
            )
        )


def main() -> int:
    """Measure, print, and say whether all is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--responses", type=int, default=500, help="how many to send")
    parser.add_argument("--kills", type=int, default=20, help="how often to kill, at least")
    parser.add_argument("--seed", type=int, default=None, help="of the moments and the senders")
    options = parser.parse_args()
    try:
        result = measure(options.responses, options.kills, options.seed)
    except StreamError as error:
        print(error, file=sys.stderr)
        return 1
    print(result)
    return 0 if result.is_sound else 1


def measure(responses: int, kills: int, seed: int | None = None) -> Result:
    """Send so many responses while the CMS is killed at least so often.

    Raises `StreamError` where the CMS refuses one, or there are too few pages for them.
    """
    chance = random.Random(seed)  # noqa: S311  # not a secret
    with tempfile.TemporaryDirectory() as folder, make_database() as database_url:
        instance = build_test_instance(Path(folder) / "data", database_url)
        load_demo(instance)
        server = KilledServer(instance.cms, instance.cms_url, dict(instance.environment))
        with server.run():
            page_ids = fetch_page_ids(instance.cms_url)
            if responses > len(page_ids) * MOST_TO_A_PAGE:
                raise StreamError(
                    f"The demo's {len(page_ids)} pages take "
                    f"{len(page_ids) * MOST_TO_A_PAGE} responses at a time, not {responses}."
                )
            senders = [
                Sender(instance, number, page_ids[number % len(page_ids)], chance.random())
                for number in range(responses)
            ]
            _send_and_kill(senders, server, kills, chance)
        stored = count_comments(instance.environment)
    acknowledged = [sender.text for sender in senders if sender.is_acknowledged]
    return Result(
        sent=len(senders),
        kills=server.kills,
        tries=sum(sender.tries for sender in senders),
        acknowledged=len(acknowledged),
        # Beside those of the demo.
        found=sum(sender.text in stored for sender in senders),
        doubled=sum(stored.get(sender.text, 0) > 1 for sender in senders),
        missing=sum(text not in stored for text in acknowledged),
    )


def _send_and_kill(
    senders: list[Sender], server: KilledServer, kills: int, chance: random.Random
) -> None:
    """Let all senders send; the kills are spread over them, at random.

    Whoever has not begun to send when a kill is due waits until it comes, however fast the CMS is.
    """
    bar = ProgressBar("Sending", len(senders))
    # After each of them there are some who wait.
    latest = max(len(senders) - SENDERS, 0)
    moments = sorted(chance.sample(range(latest), min(kills, latest)))
    turn = threading.Condition()
    done = due = begun = 0
    is_over = False

    def is_kill_due() -> bool:
        return begun < due

    def send(sender: Sender) -> None:
        nonlocal done, due
        with turn:
            turn.wait_for(lambda: is_over or not is_kill_due())
        if is_over:
            return
        sender.send()
        with turn:
            done += 1
            bar.show(done)
            while moments and moments[0] < done:
                moments.pop(0)
                due += 1
            turn.notify_all()

    with ThreadPoolExecutor(SENDERS) as pool:
        sent = [pool.submit(send, sender) for sender in senders]
        try:
            while not all(each.done() for each in sent):
                with turn:
                    is_due = turn.wait_for(is_kill_due, timeout=0.2)
                    begun += is_due
                    turn.notify_all()
                if is_due:
                    # Somewhere within what the CMS does for one response.
                    server.kill_and_restart(after=chance.uniform(0, 0.05))
                _raise_first_error(sent)
        finally:
            with turn:
                is_over = True
                turn.notify_all()
            pool.shutdown(cancel_futures=True)


def _raise_first_error(sent: list[Future[None]]) -> None:
    for each in sent:
        if each.done():
            each.result()


if __name__ == "__main__":
    sys.exit(main())
