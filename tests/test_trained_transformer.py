"""The transformer in data/ is what its command makes, and as good as the course says."""

import numpy as np
from train_transformer import trained, training_and_held_out

from lessons_lib import data
from lessons_lib.maths.transformer import initialise, loss


def test_the_weights_in_data_are_small_and_good():
    parameters = data.trained_transformer()
    start = initialise(48, 4, 2, np.random.default_rng(0))
    assert {name: array.shape for name, array in parameters.items()} == {n: array.shape for n, array in start.items()}
    assert all(array.dtype == np.float32 for array in parameters.values())
    assert (data.FOLDER / "transformer.npz").stat().st_size <= 300_000
    assert loss(parameters, training_and_held_out()[1]) <= 2.03


def test_the_same_command_makes_a_transformer_as_good():
    names = training_and_held_out()[1]
    assert abs(loss(trained(), names) - loss(data.trained_transformer(), names)) < 0.01
