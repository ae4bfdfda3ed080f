"""What the three examples share: their arguments, a Korean font where there is one, the files."""

import argparse
import warnings
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")

import pandas as pd
from matplotlib import font_manager
from matplotlib import pyplot as plt
from matplotlib.axes import Axes

FONTS = (
    "NanumGothic", "Noto Sans CJK KR", "Noto Sans KR", "Malgun Gothic", "Apple SD Gothic Neo",
    "Noto Sans CJK JP", "UnDotum",
)  # fmt: skip
"""Fonts with Hangul, the first one that is installed is used."""


def arguments(about: str | None) -> argparse.Namespace:
    """Return `dataset`, the folder of a published dataset, and `to`, the folder for the results."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("dataset", type=Path, nargs="?", default=Path("output/dataset"))
    parser.add_argument("--to", type=Path, default=Path("output/examples"))
    return parser.parse_args()


def start(title: str) -> Axes:
    """Return an empty chart. Without a Korean font Hangul shows as boxes, and nothing stops."""
    warnings.filterwarnings("ignore", message=".*[Gg]lyph.* missing from.*")
    installed = {font.name for font in font_manager.fontManager.ttflist}
    korean = [one for one in FONTS if one in installed][:1]
    mpl.rcParams["font.family"] = [*korean, "DejaVu Sans"]
    mpl.rcParams["axes.unicode_minus"] = False
    axes = plt.subplots(figsize=(9, 5), layout="constrained")[1]
    axes.set_title(title)
    return axes


def save(axes: Axes, table: pd.DataFrame, folder: Path, name: str) -> None:
    """Write the chart as NAME.png and its table as NAME.csv, and print the table."""
    folder.mkdir(parents=True, exist_ok=True)
    axes.figure.savefig(folder / f"{name}.png", dpi=120)
    table.to_csv(folder / f"{name}.csv", index=False, encoding="utf-8-sig")
    print(table.to_string(index=False))
    print(f"written: {folder / name}.png, {folder / name}.csv")
