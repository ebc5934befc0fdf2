"""Loads what lies in data/: arrays that travel with their units, source and licence.

Every loader checks the file against its sha256, so a missing or damaged file is one sentence, not a traceback from
the middle of a lesson. data/README.md says where each file comes from and what was done to it.
"""

import csv
import hashlib
import html
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np

_PACKAGE = Path(__file__).resolve().parent
# A wheel carries the data inside the package; a clone has them beside it.
FOLDER = next((folder for folder in (_PACKAGE / "_data", _PACKAGE.parent / "data") if folder.is_dir()), Path("data"))

SHA256 = {
    "apartments.csv": "c117f3f760fc1d94db23be7cffb3bc1d0dcb334754514eee010094b6b0f1053a",
    "athens_apartments.csv": "aff485ec4b0b8a1c0775eaee672b4f8f21c227c755113574f0ef756c85ba3433",
    "doodles28.npz": "adce40fc1f5130c3e26abaf15ddd9c0fbd3d38c1c02aeb6aed5f19e76167ca62",
}


@dataclass(frozen=True)
class Dataset:
    """Samples with everything a reader needs to know about them.

    X (n, d) features, y (n,) targets, unlabelled (m, d) rows whose target is not known, each column with a name and
    a unit. For pictures X is (n, height, width), y the class counted from 0, and class_names says what it means.
    """

    X: np.ndarray
    y: np.ndarray
    feature_names: tuple
    feature_units: tuple
    target_name: str
    target_unit: str
    source: str
    licence: str
    unlabelled: np.ndarray | None = None
    class_names: tuple = ()

    def __repr__(self):
        columns = ", ".join(f"{name} ({unit})" for name, unit in zip(self.feature_names, self.feature_units))
        return f"{len(self.X)} samples of {columns} → {self.target_name} ({self.target_unit}). Source: {self.source}"

    def _repr_html_(self):
        if self.X.ndim != 2:
            return html.escape(repr(self))
        names = (*self.feature_names, self.target_name)
        units = (*self.feature_units, self.target_unit)
        head = "".join(f"<th>{html.escape(n)}<br>{html.escape(u)}</th>" for n, u in zip(names, units))
        rows = [(*x, label) for x, label in zip(self.X[:5], self.y[:5])]
        rows += [(*x, "?") for x in (self.unlabelled if self.unlabelled is not None else ())]
        body = "".join(
            "<tr>" + "".join(f"<td>{cell if cell == '?' else format(cell, ',g')}</td>" for cell in row) + "</tr>"
            for row in rows
        )
        more = f"The first 5 of {len(self.X):,} rows. " if len(self.X) > 5 else ""
        return f"<table><tr>{head}</tr>{body}</table><p>{more}Source: {html.escape(self.source)}</p>"


def apartments():
    """The slides' four apartments, and the target apartment in `unlabelled`: 100 m², 8, 35 %, 8.

    X (4, 4): size in m², location and decoration in points, green rate in %. y (4,): price; the slide names no
    currency. Source: Basics in Machine Learning, slides "Motivation".
    """
    rows = _table("apartments.csv")
    labelled = np.isfinite(rows[:, -1])
    return Dataset(
        X=rows[labelled, :-1],
        y=rows[labelled, -1],
        unlabelled=rows[~labelled, :-1],
        feature_names=("size", "location", "green rate", "decoration"),
        feature_units=("m²", "point", "%", "point"),
        target_name="price",
        target_unit="currency not named",
        source="Kun Yuan, Basics in Machine Learning, slides “Motivation”",
        licence="the slides' own example, quoted as facts",
    )


def athens_apartments():
    """A thousand flats for sale in Athens in 2017, with the price their sellers asked.

    X (1000, 4): size in m², age in years, distance to the nearest metro or train in m, green space in the flat's
    department in %. y (1000,): asking price in EUR. Source: spData (R. Bivand, J. Nowosad, R. Lovelace), CC0.
    """
    rows = _table("athens_apartments.csv")
    return Dataset(
        X=rows[:, [0, 1, 2, 4]],
        y=rows[:, 5],
        feature_names=("size", "age", "distance to metro", "green rate"),
        feature_units=("m²", "years", "m", "%"),
        target_name="asking price",
        target_unit="EUR",
        source="spData 2.2.1 (R. Bivand, J. Nowosad, R. Lovelace), flats for sale in Athens, 2017",
        licence="CC0-1.0",
    )


def doodles():
    """A thousand drawings by the public, 100 of each of ten classes, 28 × 28 pixels.

    X (1000, 28, 28): ink from 0 (none) to 1; y (1000,): the class, counted from 0; class_names say which. The
    slide's deer and ship are a sheep and a sailboat here. Source: Google Quick, Draw!, CC BY 4.0.
    """
    with np.load(io.BytesIO(_read("doodles28.npz"))) as archive:
        images, labels, names = archive["images"], archive["labels"], archive["names"]
    return Dataset(
        X=images / 255.0,
        y=labels.astype(int),
        class_names=tuple(str(name) for name in names),
        feature_names=("ink of each pixel",),
        feature_units=("0 to 1",),
        target_name="class",
        target_unit="counted from 0",
        source="Google, Quick, Draw! (rendered and packaged by T. Wagenaar), cut to 100 drawings a class",
        licence="CC-BY-4.0",
    )


def _read(name):
    path = FOLDER / name
    repair = "restore the course's data folder (git checkout data, or download the course again)"
    try:
        content = path.read_bytes()
    except OSError:
        raise FileNotFoundError(f"The data file {path} is missing or cannot be read: {repair}.") from None
    if hashlib.sha256(content).hexdigest() != SHA256[name]:
        raise ValueError(f"The data file {path} is not the one this course was made with: {repair}.")
    return content


def _table(name):
    rows = list(csv.reader(io.StringIO(_read(name).decode("utf-8"))))[1:]
    return np.array([[float(cell) if cell else np.nan for cell in row] for row in rows])
