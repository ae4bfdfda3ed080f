#!/bin/bash
#SBATCH --job-name=geomsan
#SBATCH --array=1-32
#SBATCH --cpus-per-task=8
#SBATCH --mem=16G
#SBATCH --time=12:00:00
# A job array: each task reads one part, on a folder that all machines share. When all are done,
# one run publishes what they have read:
#   job=$(sbatch --parsable slurm_array.sh)
#   sbatch --dependency=afterany:$job --cpus-per-task=8 --mem=16G --wrap \
#     'geomsan run /shared/reports -o /shared/geomsan --workers 8 --quiet'
# That last run reads what a task that died has left.
set -u
geomsan run /shared/reports -o /shared/geomsan --quiet \
  --shard "${SLURM_ARRAY_TASK_ID}/${SLURM_ARRAY_TASK_COUNT}" --workers "${SLURM_CPUS_PER_TASK}"
code=$?
# 1 and 3 are results: mismatches were found, or some inputs gave no rows.
[ "$code" -eq 2 ] && exit 2
exit 0
