"""Trains the transformer that lesson 10 opens with, and writes its weights: python publish/train_transformer.py.

Two blocks, four heads, 48 numbers a symbol, trained on lesson 08's training names (20 % held out, seed 0). It takes
a minute on one core, and writes data/transformer.npz with half-precision numbers; data.SHA256 and data/README.md then
want the file's new sha256, which it prints.
"""

import hashlib
import io

import numpy as np
from tqdm import tqdm

from lessons_lib import data
from lessons_lib.maths import transformer

SEED, WIDTH, N_HEADS, N_BLOCKS, N_STEPS, BATCH_SIZE = 0, 48, 4, 2, 2000, 128


def training_and_held_out():
    """The names to train on and the held-out ones -> two arrays of strings."""
    names = data.names().X
    return tuple(names[rows] for rows in data.split(len(names), 0.2, seed=0))


def trained():
    """The parameters after the last step: a dictionary of 32-bit arrays."""
    rng = np.random.default_rng(SEED)
    start = transformer.initialise(WIDTH, N_HEADS, N_BLOCKS, rng)
    for parameters in transformer.train(
        start, training_and_held_out()[0], tqdm(range(N_STEPS)), rng, batch_size=BATCH_SIZE
    ):
        pass
    return parameters


def main():
    parameters = trained()
    archive = io.BytesIO()
    np.savez_compressed(archive, **{name: array.astype(np.float16) for name, array in parameters.items()})
    (data.FOLDER / "transformer.npz").write_bytes(archive.getvalue())
    print(f"{transformer.loss(parameters, training_and_held_out()[1]):.4f} nats on the held-out names")
    print(f"{len(archive.getvalue()):,} bytes, sha256 {hashlib.sha256(archive.getvalue()).hexdigest()}")


if __name__ == "__main__":
    main()
