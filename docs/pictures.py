"""Draw the pictures of the README: python docs/pictures.py"""

import io
from pathlib import Path

import numpy as np
from PIL import Image

from lessons_lib.data import athens_apartments
from lessons_lib.live import int_slider, log_slider, panel
from lessons_lib.maths.linear_regression import add_intercept, bowl, least_squares
from lessons_lib.scenes import descent

flats = athens_apartments()
X, y = add_intercept(flats.X[:, [0]] / 100), flats.y / 1000
scene = descent(*bowl(X, y), start=(300, -200), minimum=least_squares(X, y), names=("intercept (k€)", "k€ per 100 m²"))
live = panel(scene, learning_rate=log_slider(1e-3, 3), n_steps=int_slider(1, 200))
frames = []
for learning_rate in (0.95, 1.12):
    live.set(learning_rate=learning_rate, n_steps=60)
    print(live.caption)
    frames.append(Image.open(io.BytesIO(live.png)).convert("RGB"))
both = np.vstack([np.asarray(frame) for frame in frames])
picture = Image.fromarray(both).quantize(256, dither=Image.Dither.NONE)
picture.save(Path(__file__).with_name("descent.png"), optimize=True)
