"""Decisions whose server is killed again and again: none that was acknowledged may be lost.

Usage: python -m benchmarks.acknowledged [--decisions 500] [--kills 20] [--seed N]
"""

import argparse
import http.client
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from benchmarks.desk import make_reports
from pipelines.build import Options, run
from pipelines.home import Home
from pipelines.review.decisions import DecisionLog


class Server:
    """A review server as a process of its own."""

    def __init__(self, output: Path) -> None:
        """Start it and enter with its token."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pipelines", "review", "-o", str(output)],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        address = urlsplit(self.process.stdout.readline().strip())
        self.host = address.netloc
        _, headers, _ = self._ask("GET", f"/?{address.query}", "", "")
        self.cookie = headers["set-cookie"].partition(";")[0]
        self.findings = re.findall(r'href="/findings/([^"?]+)', self.get("/findings"))

    def get(self, path: str) -> str:
        """Return a page."""
        return self._ask("GET", path, "", self.cookie)[2]

    def decide(self, finding: str, note: str) -> bool:
        """Leave a note; tell whether the server acknowledged it."""
        page = self.get(f"/findings/{finding}")
        fields = {
            "form_token": re.findall(r'name="form_token" value="([^"]+)"', page)[0],
            "seen": re.findall(r'name="seen" value="(\d+)"', page)[0],
            "action": "note",
            "note": note,
        }
        path = f"/findings/{finding}/decision"
        return self._ask("POST", path, urlencode(fields), self.cookie)[0] == 303

    def _ask(
        self, method: str, path: str, body: str, cookie: str
    ) -> tuple[int, http.client.HTTPMessage, str]:
        connection = http.client.HTTPConnection(self.host, timeout=30)
        connection.request(method, path, body or None, {"Cookie": cookie} if cookie else {})
        answer = connection.getresponse()
        found = answer.status, answer.headers, answer.read().decode()
        connection.close()
        return found


def main() -> int:
    """Decide, kill, count, and print; exit code 1 where a decision was lost."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--decisions", type=int, default=500)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder, output = Path(temporary) / "in", Path(temporary) / "out"
        make_reports(folder, 8)
        run([str(folder)], output, Options(workers=0, has_gate=False))
        acknowledged = decide_all(
            output, arguments.decisions, arguments.kills, random.Random(arguments.seed)
        )
        kept = {row.note for row in DecisionLog(Home(output)).read()}
    lost = acknowledged - kept
    print(f"{len(acknowledged)} acknowledged, {len(kept)} kept, {len(lost)} lost")
    return 1 if lost else 0


def decide_all(output: Path, decisions: int, kills: int, chance: random.Random) -> set[str]:
    """Return the notes that were acknowledged, by servers that were killed at random moments."""
    acknowledged: set[str] = set()
    server = Server(output)
    share = max(1, decisions // (kills + 1))
    number = 0
    for _ in range(kills):
        timer = threading.Timer(
            chance.uniform(0.05, 0.6), server.process.send_signal, [signal.SIGKILL]
        )
        for _ in range(share // 2):  # the other half is decided while it may be killed
            number += 1
            if server.decide(chance.choice(server.findings), str(number)):
                acknowledged.add(str(number))
        timer.start()
        with suppress(OSError, http.client.HTTPException, IndexError):
            while True:
                number += 1
                if server.decide(chance.choice(server.findings), str(number)):
                    acknowledged.add(str(number))
        timer.join()
        server.process.wait()
        time.sleep(0.01)
        server = Server(output)
    while len(acknowledged) < decisions:
        number += 1
        if server.decide(chance.choice(server.findings), str(number)):
            acknowledged.add(str(number))
    server.process.kill()
    server.process.wait()
    return acknowledged


if __name__ == "__main__":
    sys.exit(main())
