"""What lesson 00's scenes say, from plain numbers, and the small functions they draw with."""

import numpy as np

from lessons_lib.scenes import start_here as scenes

LIMIT = 2.9e-4


def race(yours, machines, n_steps=7, learning_rate=5e-5):
    return scenes.race_in_words(scenes.Race(yours, machines, 2338.0, n_steps, learning_rate, LIMIT))


def test_a_draw_is_a_draw_only_when_both_losses_read_alike():
    assert race(2339.2, 2338.0).startswith("The machine leads: your loss 2,339.2, the machine's 2,338.0 after 7 steps.")
    assert race(2338.0, 2339.2).startswith("You lead")
    assert race(2338.02, 2338.04).startswith("A draw")
    assert "after 1 step." in race(2400.0, 2500.0, n_steps=1)


def test_a_race_is_told_beside_the_limit_of_its_learning_rate():
    assert race(1e4, 2e4).endswith("The lowest possible loss is 2,338.0.")
    assert race(1e4, 2e4, learning_rate=2e-4).endswith("from side to side, closer each time.")
    for machines in (2e4, 3e9):  # also before it can be seen
        assert race(1e4, machines, 1, 3e-4).endswith("is above 0.00029: every jump will be longer than the last.")


def test_the_bottom_is_told_where_it_is():
    assert scenes.by_hand_in_words(1.46, 2338.0, 2338.0).endswith("you have found the bottom.")
    assert scenes.by_hand_in_words(1.2, 2570.0, 2338.0).endswith("Can you make it smaller?")


def test_a_picture_moves_and_its_numbers_stay():
    happy, sad = scenes.face(8, 0.8), scenes.face(8, -0.8)
    assert happy.shape == (28, 28) and set(np.unique(happy)) == {0.0, 1.0}
    assert (happy != sad).sum() > 10 and (happy == happy[:, ::-1]).all()
    padded = np.pad(happy, 4)
    assert scenes.measures(np.roll(padded, 3, axis=1)) == scenes.measures(padded)
    assert scenes.measures(np.pad(np.ones((2, 3)), 4)) == {"ink": 6.0, "width": 3, "height": 2}
    words = scenes.representation_in_words("a dog", -1, 252, 1296, ["ink 166", "width 28"])
    assert words == "A dog, moved left by 1: 252 of 1,296 pixels differ; its representation stays ink 166, width 28."


def test_every_reason_has_its_two_numbers_and_a_source():
    for counted, (_, before), (_, after), direction, source in scenes.REASONS.values():
        assert counted and source and (after > before) == (direction == "more")
