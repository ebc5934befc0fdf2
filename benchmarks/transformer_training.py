"""How long the transformers of lesson 10 train on one core, and how good they get.

Bars: at most 2.10 nats per symbol on the held-out names within 10 s, at most 2.05 within 40 s. It prints a table and
writes it to benchmarks/transformer_training.md. On a quiet machine: python benchmarks/transformer_training.py.
"""

import platform
import time
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from lessons_lib import data
from lessons_lib.maths.transformer import initialise, loss, pack, train

SIZES = [("small", 32, 1, 1800, 0.01, 2.10, 10), ("larger", 48, 2, 2500, 0.006, 2.05, 40)]


def measured(width, n_blocks, n_steps, learning_rate):
    """Train once -> (number of parameters, seconds of the wall clock, nats on the held-out names)."""
    names = data.names().X
    training, held_out = (names[rows] for rows in data.split(len(names), 0.2, seed=0))
    rng = np.random.default_rng(0)
    began = time.perf_counter()
    for parameters in train(initialise(width, 4, n_blocks, rng), training, range(n_steps), rng, learning_rate):
        pass
    return pack(parameters).size, time.perf_counter() - began, loss(parameters, held_out)


def main():
    lines = [
        "# Training a transformer, one core",
        "",
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, numpy {np.__version__}; by "
        "`benchmarks/transformer_training.py`. Loss: nats per symbol on the fifth of the names that is held out.",
        "",
        "| transformer | parameters | steps of 64 names | seconds | bar | loss | bar |",
        "|---|---|---|---|---|---|---|",
    ]
    for size, width, n_blocks, n_steps, learning_rate, worst_loss, longest in SIZES:
        with threadpool_limits(1):
            n, seconds, nats = measured(width, n_blocks, n_steps, learning_rate)
        lines.append(
            f"| {size}: width {width}, blocks {n_blocks}, 4 heads | {n:,} | {n_steps:,} | {seconds:.1f} | ≤ {longest} "
            f"| {nats:.3f} | ≤ {worst_loss} |"
        )
        print(lines[-1])
    Path(__file__).with_suffix(".md").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
