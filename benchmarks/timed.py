"""Runs geomsan once and prints seconds and peak memory: timed.py OUTPUT INPUTS... [options]."""

import resource
import subprocess
import sys
import time
from pathlib import Path

GEOMSAN = Path(sys.executable).with_name("geomsan")
COULD_NOT_RUN = 2


def main() -> int:
    """Run `geomsan run` and print what it cost; return 2 where it could not run."""
    output, *arguments = sys.argv[1:]
    command = [str(GEOMSAN), "run", *arguments, "--output", output, "--quiet"]
    started = time.perf_counter()
    answer = subprocess.run(command, check=False)
    seconds = time.perf_counter() - started
    # The largest single process: workers are children of the child that was waited for.
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"{seconds:.1f} s, peak {peak} MB a process, exit code {answer.returncode}", flush=True)
    return COULD_NOT_RUN if answer.returncode == COULD_NOT_RUN else 0


if __name__ == "__main__":
    sys.exit(main())
