"""Starts Dask workers as Slurm jobs with dask-jobqueue and has them read; see docs/nightly.md."""

import subprocess
import sys

from dask_jobqueue import SLURMCluster

if __name__ == "__main__":
    with SLURMCluster(
        cores=8,
        processes=8,  # one document at a time in each
        memory="16GB",
        walltime="12:00:00",
        local_directory="/tmp",
    ) as cluster:
        cluster.adapt(minimum_jobs=1, maximum_jobs=32)
        command = ["geomsan", "run", *sys.argv[1:], "--cluster", cluster.scheduler_address]
        sys.exit(subprocess.run(command, check=False).returncode)
