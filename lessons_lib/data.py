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
    "alice.txt": "5f7b95cf7776a1a6c988a8d442a16c5b761bae0849dde1e7ad479aadfd120c68",
    "apartments.csv": "c117f3f760fc1d94db23be7cffb3bc1d0dcb334754514eee010094b6b0f1053a",
    "athens_apartments.csv": "aff485ec4b0b8a1c0775eaee672b4f8f21c227c755113574f0ef756c85ba3433",
    "digits8x8.npz": "b2dab7b501728c22e9119ad76740b2e17c77a231e42d1e592380d90886f1a05e",
    "doodles28.npz": "adce40fc1f5130c3e26abaf15ddd9c0fbd3d38c1c02aeb6aed5f19e76167ca62",
    "fashion14.npz": "02633278765bfa8f83901980cdc7a4e065558d6c428a356d593b917ea25dee52",
    "mnist1d.npz": "558f919538de9661a8db43ddc006725f40abe59680cbd60712d9960e0088c882",
    "names.txt": "3b20b43df36ec7ee9c90f8ea2c6f1a5310ad2a8608b06f5208edbbf544f26c35",
    "penguins.csv": "f204db2c753b0937caac3cb35258562c14f073e4bbc76be24b4c51ce22767a93",
    "transformer.npz": "d334bcff1b88884c911ee47a4e4b4ce81c314b74e3218b6d965d34cf39dd2007",
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
    left_out_after: int = 5  # the table shows ⋮ after so many rows, for those that it leaves out

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
        if len(self.X) > self.left_out_after:
            rows.insert(self.left_out_after, ("⋮",) * len(names))
        rows += [(*x, "?") for x in (self.unlabelled if self.unlabelled is not None else ())]
        body = "".join("<tr>" + "".join(f"<td>{_cell(cell)}</td>" for cell in row) + "</tr>" for row in rows)
        more = f"The first 5 of {len(self.X):,} rows. " if len(self.X) > 5 else ""
        return f"<table><tr>{head}</tr>{body}</table><p>{more}Source: {html.escape(self.source)}</p>"


def _cell(value):
    return html.escape(value) if isinstance(value, str) else format(value, ",g")


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
        left_out_after=3,
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


def digits():
    """1797 handwritten digits, 8 × 8 pixels, in the order in which their writers wrote them.

    X (1797, 8, 8): ink from 0 to 1; y (1797,): the digit. Source: UCI Optical Recognition of Handwritten Digits
    (E. Alpaydin, C. Kaynak, 1998), as scikit-learn ships it, BSD 3-Clause.
    """
    with np.load(io.BytesIO(_read("digits8x8.npz"))) as archive:
        images, labels = archive["images"], archive["labels"]
    return Dataset(
        X=images / 16.0,
        y=labels.astype(int),
        class_names=tuple("0123456789"),
        feature_names=("ink of each pixel",),
        feature_units=("0 to 1",),
        target_name="digit",
        target_unit="0 to 9",
        source="UCI Optical Recognition of Handwritten Digits (E. Alpaydin, C. Kaynak), from scikit-learn",
        licence="BSD-3-Clause",
    )


def fashion():
    """6000 photographs of clothes of ten kinds, 14 × 14 pixels -> (training, test), 5000 and 1000 of them.

    Two data sets. X (n, 14, 14): brightness from 0 to 1; y (n,): the class, counted from 0; class_names say which.
    Source: Fashion-MNIST (H. Xiao, K. Rasul, R. Vollgraf, 2017; © Zalando SE), MIT, halved in width and height.
    """
    return _training_and_test(
        "fashion14.npz",
        scale=63,
        feature_names=("brightness of each pixel",),
        feature_units=("0 to 1",),
        target_name="kind of clothes",
        target_unit="counted from 0",
        source="Fashion-MNIST (H. Xiao, K. Rasul, R. Vollgraf, 2017; © Zalando SE), cut to 6000 and halved in size",
        licence="MIT",
    )


def mnist1d():
    """5000 curves in ten shapes, shifted, stretched and noisy, of 40 points each -> (training, test), 4000 and 1000.

    Two data sets. X (n, 40): the height of each point, without unit; y (n,): the shape, 0 … 9.
    Source: MNIST-1D (S. Greydanus, D. Kobak, 2020), Apache-2.0.
    """
    return _training_and_test(
        "mnist1d.npz",
        scale=1,
        feature_names=("height of each point",),
        feature_units=("no unit",),
        target_name="shape",
        target_unit="0 to 9",
        source="MNIST-1D (S. Greydanus, D. Kobak, 2020), its default data set",
        licence="Apache-2.0",
    )


def names():
    """29,910 first names of babies born in the United States in 2017, the most common first.

    X (29910,): names as strings of 2 to 15 letters a to z; y (29910,): the rank by births, 1 = most common, names of
    equally many babies in the order of the alphabet. So X[:2000] is the top 2000. Names of fewer than 5 babies are not
    in it. Source: US Social Security Administration, public domain; R package babynames (H. Wickham), CC0.
    """
    listed = np.array(_read("names.txt").decode("ascii").split())
    return Dataset(
        X=listed,
        y=np.arange(1, len(listed) + 1),
        feature_names=("first name",),
        feature_units=("letters a to z",),
        target_name="rank by births",
        target_unit="1 = most common",
        source="US Social Security Administration, births of 2017, by way of R's babynames (H. Wickham)",
        licence="public domain (US government work); R's babynames CC0-1.0",
    )


def alice():
    """The first three chapters of "Alice's Adventures in Wonderland" by Lewis Carroll (1865).

    X (3,): the text of each chapter, its title and then its paragraphs, one a line; y (3,): the chapter's number.
    Source: Project Gutenberg eBook 11, public domain.
    """
    chapters = ["CHAPTER" + text for text in _read("alice.txt").decode("ascii").split("CHAPTER")[1:]]
    return Dataset(
        X=np.array(chapters),
        y=np.arange(1, len(chapters) + 1),
        feature_names=("text of a chapter",),
        feature_units=("characters",),
        target_name="chapter",
        target_unit="counted from 1",
        source="Lewis Carroll, Alice's Adventures in Wonderland (1865), Project Gutenberg eBook 11",
        licence="public domain",
    )


def penguins():
    """342 penguins of three species, measured near Palmer Station; the two without measurements are left out.

    X (342, 4): bill length, bill depth and flipper length in mm, body mass in g; y (342,): the species, counted from
    0; class_names say which. Source: K. B. Gorman, T. D. Williams, W. R. Fraser (2014), CC0.
    """
    rows = [row for row in _rows("penguins.csv") if row[2] not in ("", "NA")]
    names = ("Adelie", "Chinstrap", "Gentoo")
    return Dataset(
        X=np.array([row[2:6] for row in rows], dtype=float),
        y=np.array([names.index(row[0]) for row in rows]),
        class_names=names,
        feature_names=("bill length", "bill depth", "flipper length", "body mass"),
        feature_units=("mm", "mm", "mm", "g"),
        target_name="species",
        target_unit="counted from 0",
        source="Palmer penguins (K. B. Gorman, T. D. Williams, W. R. Fraser, 2014; A. Horst, A. Hill, K. Gorman, 2020)",
        licence="CC0-1.0",
    )


def pets(n=200, seed=0):
    """The slides' cats and dogs: its two rows first, the rest drawn by a stated rule.

    X (n, 4) of objects: size in cm, ear shape ("round" or "triangle"), tail length in cm, colour; y (n,): 1 for a dog,
    0 for a cat. The rule: a pet is a dog with probability φ(0.08 (size − 65) + 0.1 (tail − 25) ± 1.2), plus for
    round ears; the colour does not matter. Made up, except for the rows of slide "Logistic regression".
    ValueError when n is below 2.
    """
    if n < 2:
        raise ValueError(f"pets needs n of 2 or more, for the slide's two rows; it got {n!r}.")
    rng = np.random.default_rng(seed)
    chance = rng.random((n, 5))
    size, tail = np.round(25 + 85 * chance[:, 0]), np.round(10 + 30 * chance[:, 1])
    ears = np.where(chance[:, 2] < 0.5, "round", "triangle")
    colour = np.array(["yellow", "white", "black"])[(3 * chance[:, 3]).astype(int)]
    score = 0.08 * (size - 65) + 0.1 * (tail - 25) + np.where(ears == "round", 1.2, -1.2)
    y = (chance[:, 4] < 1 / (1 + np.exp(-score))).astype(int)
    X = np.array(list(zip(size, ears, tail, colour)), dtype=object)
    X[0], X[1] = (100.0, "round", 30.0, "yellow"), (40.0, "triangle", 20.0, "white")
    y[:2] = 1, 0
    return Dataset(
        X=X,
        y=y,
        class_names=("cat", "dog"),
        feature_names=("size", "ear shape", "tail length", "colour"),
        feature_units=("cm", "word", "cm", "word"),
        target_name="pet",
        target_unit="1 = dog, 0 = cat",
        source="Kun Yuan, Basics in Machine Learning, slide “Logistic regression” (two rows); the others are made up",
        licence="MIT, as this course",
    )


def shapes(kind, n_classes=2, n=200, seed=0, noise=None):
    """Points in a plane whose classes a straight line rarely divides: "circles", "moons", "spiral", "xor" or "blobs".

    n_classes from 2 to 4. X (n, 2): two numbers without unit, mostly between −1 and 1; y (n,): the class, 0 … n_classes
    − 1. circles: rings around each other; moons: half rings that reach into each other; spiral: arms of one turn;
    xor: a board of n_classes × n_classes fields, whose classes alternate; blobs: clouds around places on a ring. Made
    up, with noise of this standard deviation (unless told 0.05, for blobs 0.15, for xor 0); the same seed gives the
    same points. ValueError for another kind, number of classes or noise.
    """
    if kind not in SHAPES or n_classes not in (2, 3, 4):
        raise ValueError(
            f"shapes has circles, moons, spiral, xor and blobs in 2 to 4 classes; got {kind!r}, {n_classes!r}."
        )
    rng = np.random.default_rng(seed)
    y, along = rng.permutation(np.arange(n) % n_classes), rng.random(n)
    if kind == "circles":
        angle, radius = 2 * np.pi * along, (y + 0.3) / (n_classes - 0.5)
        X = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    elif kind == "moons":
        angle, side = np.pi * along, 1 - 2 * (y % 2)
        X = np.column_stack([np.cos(angle) + 1.2 * (y - (n_classes - 1) / 2), side * (np.sin(angle) - 0.25)])
        X *= [2 / (1.2 * n_classes + 0.8), 0.8]
    elif kind == "spiral":
        angle = 2 * np.pi * (y / n_classes + 0.8 * along)
        X = (0.1 + 0.9 * along)[:, np.newaxis] * np.column_stack([np.cos(angle), np.sin(angle)])
    elif kind == "blobs":
        angle = 2 * np.pi * y / n_classes + 0.6
        X = 0.65 * np.column_stack([np.cos(angle), np.sin(angle)])
    else:
        column = rng.integers(0, n_classes, n)
        row = (y - column) % n_classes
        X = (np.column_stack([column, row]) + 0.08 + 0.84 * rng.random((n, 2))) * 2 / n_classes - 1
    X = X + rng.normal(scale=_noise(SHAPES[kind] if noise is None else noise), size=(n, 2))
    return _made_up(X, y, "class", "counted from 0", tuple(f"class {label}" for label in range(n_classes)))


SHAPES = {"circles": 0.05, "moons": 0.05, "spiral": 0.05, "xor": 0.0, "blobs": 0.15}  # with the noise of each


def heights(kind, n=200, seed=0, noise=0.0):
    """Points in a plane, each with a height, for regression: a tilted "plane", or "hills" and hollows.

    X (n, 2): between −1 and 1; y (n,): the height, mostly between −1 and 1, with noise of this standard deviation.
    The same seed gives the same points. ValueError for another kind or noise.
    """
    if kind not in ("plane", "hills"):
        raise ValueError(f"heights has plane and hills; got {kind!r}.")
    rng = np.random.default_rng(seed)
    X = rng.uniform(-1, 1, size=(n, 2))
    if kind == "plane":
        y = (X[:, 0] + X[:, 1]) / 2
    else:
        y = np.sin(2.5 * X[:, 0]) * np.cos(3 * X[:, 1])
    return _made_up(X, y + rng.normal(scale=_noise(noise), size=n), "height", "no unit")


def beside_curve(f, n=200, seed=0, noise=0.0):
    """Points in a plane, class 1 above the curve x₂ = f(x₁) and class 0 below it.

    f: array -> array. X (n, 2): between −1 and 1, moved by noise of this standard deviation after their class is
    known. The same seed gives the same points. ValueError for another f or noise.
    """
    rng = np.random.default_rng(seed)
    X = rng.uniform(-1, 1, size=(n, 2))
    curve = np.asarray(f(X[:, 0]))
    if curve.shape != (n,) or not np.isfinite(curve).all():
        raise ValueError("f needs to return an array with one finite number for every x₁.")
    y = (X[:, 1] > curve).astype(int)
    X = X + rng.normal(scale=_noise(noise), size=(n, 2))
    return _made_up(X, y, "class", "counted from 0", ("below the curve", "above the curve"))


def toy_points(kind, n_classes=2, n=200, seed=0, noise=0.0):
    """Any of the made-up sets of points in a plane by its name: those of `shapes` and `heights`, and "above a sine".

    kind: one of `TOYS`; n_classes counts for the kinds of `shapes` only -> a data set. ValueError for another kind.
    """
    if kind in SHAPES:
        return shapes(kind, n_classes, n, seed, noise)
    if kind == "above a sine":
        return beside_curve(lambda x: 0.6 * np.sin(3.5 * x), n, seed, noise)
    return heights(kind, n, seed, noise)


TOYS = (*SHAPES, "above a sine", "plane", "hills")


def own_points(table, y=None):
    """Your own points in a plane: an array (n, 2) with y (n,), an array (n, 3), or CSV text with rows "x₁, x₂, y".

    In text a first row of names is skipped, and a row ends with a line's end or a semicolon. Up to four different
    whole numbers or words in y are classes, other numbers are heights. Both columns, and heights, are shifted and
    scaled to lie between −1 and 1; feature_units say how. ValueError where numbers are missing or not finite, or for
    fewer than 4 points or more than 4 classes.
    """
    columns = _typed_columns(table) if isinstance(table, str) else _given_columns(table, y)
    X, y = np.column_stack(columns[:2]).astype(float), np.asarray(columns[2])
    if len(X) < 4 or not np.isfinite(X).all():
        raise ValueError(f"at least 4 points with finite numbers are needed; there are {len(X)}.")
    X, units = _to_unit_box(X)
    labels = np.unique(y)
    if y.dtype.kind not in "fiub" or len(labels) <= 4 and np.all(labels == np.round(labels)):
        if len(labels) > 4:
            raise ValueError(f"up to 4 classes can be told apart in the picture; there are {len(labels)}.")
        names = tuple(str(label) for label in labels)
        return _made_up(X, np.searchsorted(labels, y), "class", "counted from 0", names, units, "your own points")
    if not np.isfinite(y).all():
        raise ValueError("every height needs to be a finite number.")
    y, unit = _to_unit_box(y.astype(float)[:, np.newaxis])
    return _made_up(X, y[:, 0], "height", unit[0], (), units, "your own points")


def _typed_columns(text):
    rows = [row for row in csv.reader(io.StringIO(text.replace(";", "\n"))) if any(cell.strip() for cell in row)]
    rows = [[cell.strip() for cell in row] for row in rows]
    if rows and not _is_number(rows[0][0]):
        rows = rows[1:]
    wrong = next((row for row in rows if len(row) != 3 or not all(map(_is_number, row[:2]))), None)
    if wrong:
        raise ValueError(f"every row needs two numbers and a class, such as 0.5, -1, 0; one is {', '.join(wrong)!r}.")
    x_1, x_2, y = zip(*rows) if rows else ((), (), ())
    numbers = all(map(_is_number, y))
    return np.array(x_1, float), np.array(x_2, float), np.array(y, float) if numbers else np.array(y, str)


def _given_columns(table, y):
    table = np.asarray(table)
    if y is None and table.ndim == 2 and table.shape[1] == 3:
        return table.T
    if table.ndim != 2 or table.shape[1] != 2 or np.shape(y) != table.shape[:1]:
        raise ValueError(
            f"own points need an array (n, 2) with y (n,), or an array (n, 3); got {table.shape} and {np.shape(y)}."
        )
    return *table.T, y


def _is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True


def _to_unit_box(columns):
    """Columns (n, d) shifted and scaled to lie between −1 and 1 -> (columns, what was done to each)."""
    middle = (columns.max(axis=0) + columns.min(axis=0)) / 2
    half = np.ptp(columns, axis=0) / 2
    half = np.where(half > 0, half, 1)
    return (columns - middle) / half, tuple(f"scaled: (own − {m:.4g}) / {h:.4g}" for m, h in zip(middle, half))


def _noise(noise):
    if not (np.ndim(noise) == 0 and np.isfinite(noise) and noise >= 0):
        raise ValueError(f"the noise needs to be a number, 0 or more; it is {noise!r}.")
    return noise


def _made_up(X, y, target, unit, class_names=(), feature_units=("no unit", "no unit"), source="made up by a rule"):
    return Dataset(
        X=X, y=y, class_names=class_names, feature_names=("x₁", "x₂"), feature_units=feature_units, target_name=target,
        target_unit=unit, source=source, licence="MIT, as this course" if "made up" in source else "your own",
    )  # fmt: skip


def trained_transformer():
    """The parameters of lesson 10's transformer: 2 blocks, 4 heads, 48 numbers a symbol -> a dictionary of arrays.

    Names and shapes as in `maths.transformer`, numbers with 32 bits. Trained on lesson 08's training names (20 % held
    out, seed 0) by publish/train_transformer.py. MIT, as this course; the names are in the public domain.
    """
    with np.load(io.BytesIO(_read("transformer.npz"))) as archive:
        return {name: archive[name].astype(np.float32) for name in archive.files}


def split(n, test_share=0.25, seed=0, validation_share=0):
    """Shuffle the rows 0 … n − 1 and deal them out -> (training, test), or (training, validation, test) rows.

    Shares of all n: test_share above 0, validation_share from 0, together below 1 (ValueError). The same seed gives
    the same test rows, with and without a validation part: that is taken out of the end of the training rows.
    """
    if not (test_share > 0 and validation_share >= 0 and test_share + validation_share < 1):
        raise ValueError(
            "test_share and validation_share need to lie between 0 and 1 and to stay together below 1; they are "
            f"{test_share!r} and {validation_share!r}."
        )
    rows = np.argsort(np.random.default_rng(seed).random(n))
    n_test, n_validation = round(test_share * n), round(validation_share * n)
    test, rest = rows[:n_test], rows[n_test:]
    if not validation_share:
        return rest, test
    return rest[: n - n_test - n_validation], rest[n - n_test - n_validation :], test


class Sealed:
    """A test set behind one call, so that it is opened once, at the end: Sealed(X[test], y[test]).open(measure).

    arrays of equal length, such as X and y; measure takes them and its answer is returned. n_opened counts. A second
    opening works, too, and says what it costs. ValueError for no arrays, or for arrays of different lengths.
    """

    def __init__(self, *arrays):
        lengths = {len(array) for array in arrays}
        if len(lengths) != 1:
            raise ValueError(f"a sealed test set needs arrays of one length; they have {sorted(lengths)}.")
        self._arrays, self.n_opened = arrays, 0

    def __repr__(self):
        times = "not opened yet" if not self.n_opened else f"opened {self.n_opened} time{'s'[: self.n_opened > 1]}"
        return f"{len(self._arrays[0])} test samples, {times}"

    def open(self, measure):
        """measure(*arrays); from the second time on a sentence is printed with it."""
        answer = measure(*self._arrays)
        self.n_opened += 1
        if self.n_opened > 1:
            print(f"Opened {self.n_opened} times: who chooses by what it said before chooses on the test set.")
        return answer


def _training_and_test(file, scale, **words):
    """The two data sets in an archive of x_train, y_train, x_test and y_test, the features divided by scale."""
    with np.load(io.BytesIO(_read(file))) as archive:
        parts = {name: archive[name] for name in archive.files}
    names = tuple(str(name) for name in parts.get("names", "0123456789"))
    return tuple(
        Dataset(
            X=parts[f"x_{part}"].astype(float) / scale, y=parts[f"y_{part}"].astype(int), class_names=names, **words
        )
        for part in ("train", "test")
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


def _rows(name):
    return list(csv.reader(io.StringIO(_read(name).decode("utf-8"))))[1:]


def _table(name):
    return np.array([[float(cell) if cell else np.nan for cell in row] for row in _rows(name)])
