"""The data: what the loaders return, where it comes from, and what happens when a file is missing or damaged."""

import hashlib
import re
import shutil

import numpy as np
import pytest
from conftest import ROOT

from lessons_lib import data

LOADERS = [data.apartments, data.athens_apartments, data.doodles, data.digits, data.penguins, data.names,
           data.alice]  # fmt: skip
IN_TWO_PARTS = [data.fashion, data.mnist1d]


def test_apartments_are_the_slides():
    flats = data.apartments()
    assert flats.X.tolist() == [[80, 8, 20, 6], [60, 10, 30, 8], [100, 5, 20, 5], [70, 10, 25, 9]]
    assert flats.y.tolist() == [10000, 9000, 9000, 12000]
    assert flats.unlabelled.tolist() == [[100, 8, 35, 8]]


def test_athens_apartments_are_a_thousand_flats():
    flats = data.athens_apartments()
    assert flats.X.shape == (1000, 4) and np.isfinite(flats.X).all() and np.isfinite(flats.y).all()
    assert flats.X[:, 0].max() == 1250 and flats.y.max() == 5_500_000


def test_doodles_are_a_hundred_of_each_class():
    sheet = data.doodles()
    assert sheet.X.shape == (1000, 28, 28) and sheet.X.min() == 0 and sheet.X.max() == 1
    assert np.bincount(sheet.y).tolist() == [100] * 10 and len(sheet.class_names) == 10


PARTS = [lambda loader=loader, part=part: loader()[part] for loader in IN_TWO_PARTS for part in (0, 1)]


def test_fashion_and_mnist1d_come_in_two_parts():
    train, test = data.fashion()
    assert train.X.shape == (5000, 14, 14) and test.X.shape == (1000, 14, 14) and train.X.max() == 1
    assert np.bincount(train.y).tolist() == [500] * 10 and np.bincount(test.y).tolist() == [100] * 10
    train, test = data.mnist1d()
    assert train.X.shape == (4000, 40) and test.X.shape == (1000, 40) and set(train.y) == set(range(10))


@pytest.mark.parametrize("loader", [*LOADERS, data.pets, *PARTS])
def test_every_data_set_says_what_it_is(loader):
    flats = loader()
    assert len(flats.X) == len(flats.y)
    assert len(flats.feature_names) == len(flats.feature_units)
    assert all((flats.target_name, flats.target_unit, flats.source, flats.licence, repr(flats), flats._repr_html_()))


def test_a_table_says_where_rows_are_left_out():
    few, town = (
        re.findall(r"<tr>(.*?)</tr>", flats._repr_html_()) for flats in (data.apartments(), data.athens_apartments())
    )
    assert [row.startswith("<td>⋮") for row in few] == [False] * 4 + [True, False, False]  # head, three flats, ⋮, ...
    assert few[-1].endswith("<td>?</td>") and few[3].startswith("<td>100")
    assert [row.startswith("<td>⋮") for row in town] == [False] * 6 + [True]


def test_files_readme_and_library_agree():
    readme = (ROOT / "data" / "README.md").read_text()
    files = {path.name for path in (ROOT / "data").iterdir() if path.is_file() and path.name != "README.md"}
    assert files == set(data.SHA256)
    for name, digest in data.SHA256.items():
        assert hashlib.sha256((ROOT / "data" / name).read_bytes()).hexdigest() == digest
        assert f"`{digest}`" in readme and f"## {name}" in readme


def test_pets_begin_with_the_slides_two_rows_and_follow_their_rule():
    animals = data.pets()
    assert animals.X[0].tolist() == [100.0, "round", 30.0, "yellow"] and animals.y[0] == 1
    assert animals.X[1].tolist() == [40.0, "triangle", 20.0, "white"] and animals.y[1] == 0
    many = data.pets(20000, seed=1)
    large = (many.X[:, 0] == 80) & (many.X[:, 1] == "round")
    tail = many.X[large, 2].astype(float)
    expected = 1 / (1 + np.exp(-(0.08 * 15 + 0.1 * (tail - 25) + 1.2)))
    assert many.y[large].mean() == pytest.approx(expected.mean(), abs=0.08)
    with pytest.raises(ValueError, match="2 or more"):
        data.pets(1)


def test_digits_penguins_and_split():
    assert data.digits().X.shape == (1797, 8, 8) and data.digits().X.max() == 1
    birds = data.penguins()
    assert birds.X.shape == (342, 4) and np.isfinite(birds.X).all()
    assert np.bincount(birds.y).tolist() == [151, 68, 123]
    train, test = data.split(200)
    assert len(test) == 50 and sorted([*train, *test]) == list(range(200))
    with pytest.raises(ValueError, match="between 0 and 1"):
        data.split(10, 1.5)
    learn, validation, same = data.split(200, validation_share=0.1)
    assert same.tolist() == test.tolist() and np.concatenate([learn, validation]).tolist() == train.tolist()
    assert len(validation) == 20
    for shares in ({"test_share": 0.5, "validation_share": 0.5}, {"validation_share": -0.1}, {"test_share": 0}):
        with pytest.raises(ValueError, match="together below 1"):
            data.split(10, **shares)


def test_a_sealed_test_set_is_opened_by_one_call_and_says_when_it_was_opened_before(capsys):
    X, y = np.arange(6.0).reshape(3, 2), np.array([0, 1, 1])
    sealed = data.Sealed(X, y)
    assert repr(sealed) == "3 test samples, not opened yet"
    assert sealed.open(lambda X, y: (X.sum(), y.mean())) == (15, pytest.approx(2 / 3))
    assert capsys.readouterr().out == "" and repr(sealed) == "3 test samples, opened 1 time"
    with pytest.raises(ZeroDivisionError):
        sealed.open(lambda X, y: 1 / 0)
    assert sealed.n_opened == 1, "a measure that fails has shown nothing"
    sealed.open(lambda X, y: 0)
    assert "Opened 2 times" in capsys.readouterr().out and repr(sealed).endswith("opened 2 times")
    for arrays in ((), (X, y[:2])):
        with pytest.raises(ValueError, match="one length"):
            data.Sealed(*arrays)


def test_names_are_lower_case_letters_and_the_most_common_come_first():
    listed = data.names()
    assert len(listed.X) == len(set(listed.X)) == 29910
    assert listed.X[:3].tolist() == ["emma", "liam", "olivia"] and listed.y[:3].tolist() == [1, 2, 3]
    assert set("".join(listed.X)) == set("abcdefghijklmnopqrstuvwxyz")
    assert {len(name) for name in listed.X} == set(range(2, 16))


def test_alice_is_three_chapters_of_plain_paragraphs():
    book = data.alice()
    assert [text.split("\n")[0] for text in book.X] == [
        "CHAPTER I. Down the Rabbit-Hole",
        "CHAPTER II. The Pool of Tears",
        "CHAPTER III. A Caucus-Race and a Long Tale",
    ]
    text = "".join(book.X)
    assert (
        text.isascii() and "  " not in text and "*" not in text and text.count("Alice") == 75 and "said Alice" in text
    )


@pytest.mark.parametrize("damage", ["missing", "cut", "changed"])
def test_a_missing_or_damaged_file_gets_one_sentence(tmp_path, monkeypatch, damage):
    for path in (ROOT / "data").glob("*.*"):
        shutil.copy(path, tmp_path)
    monkeypatch.setattr(data, "FOLDER", tmp_path)
    data_files = ("apartments.csv", "athens_apartments.csv", "doodles28.npz", "digits8x8.npz", "penguins.csv",
                  "names.txt", "alice.txt", "fashion14.npz", "mnist1d.npz")  # fmt: skip
    for loader, name in zip(LOADERS + IN_TWO_PARTS, data_files):
        file = tmp_path / name
        content = file.read_bytes()
        file.unlink()
        if damage != "missing":
            file.write_bytes(content[: len(content) // 2] if damage == "cut" else content + b" ")
        with pytest.raises((FileNotFoundError, ValueError), match="restore the course's data folder") as error:
            loader()
        assert name in str(error.value) and "\n" not in str(error.value)
