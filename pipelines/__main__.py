"""Makes `python -m pipelines` work."""

from pipelines.cli import main

if __name__ == "__main__":
    main()
