"""From which files to which files. Start at `build.py`."""
