"""Drawings of the report, one module a kind; each takes rows of the dataset and returns an Svg."""
