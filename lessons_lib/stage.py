"""Makes a matplotlib figure fast enough to drag: what stands still is drawn once, what moves is drawn per frame.

A full redraw of a figure takes 100-200 ms, nearly all of it for ticks and text that did not change. A scene marks
what moves with matplotlib's own `animated=True`; `Stage` keeps the pixels of the rest.
"""

import io
import logging
import threading

import numpy as np
from matplotlib import rc_context
from PIL import Image

# In a fresh browser or container matplotlib tells, in red, that it lists the fonts; that is no news to a learner.
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: E402
from matplotlib.figure import Figure  # noqa: E402

# Colours that stay apart for colour-blind eyes (Okabe & Ito), thick lines and text for the back row.
STYLE = {
    "axes.labelsize": 14,
    "axes.linewidth": 1.2,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlesize": 15,
    "figure.facecolor": "white",
    "font.size": 13,
    "legend.fontsize": 13,
    "legend.frameon": False,
    "lines.linewidth": 2.5,
    "savefig.facecolor": "white",
    "xtick.labelsize": 12,
    "ytick.labelsize": 12,
}


class Stage:
    """One figure, ready to be shown many times: `frame()` for a fast PNG, `still()` for a lossless one.

    Built from a matplotlib Figure. Artists with `animated=True` are drawn anew in every frame, in their zorder;
    all others are drawn once, here. Hold `lock` while moving artists: a notebook may answer a slider in another
    thread than the one that runs a cell.
    """

    def __init__(self, figure):
        self.figure = figure
        self.lock = threading.RLock()
        self._canvas = FigureCanvasAgg(figure)
        for axes in figure.axes:
            # Spines lie above the lines, so they are drawn again after each line that moves below them.
            for spine in axes.spines.values():
                spine.set_animated(axes.axison)
        with self.lock:
            self._draw_what_stands_still()

    def frame(self):
        """PNG bytes of the figure as it is now, in at most 256 colours: small and quick to encode."""
        with self.lock:
            image = self._image()
            # Every other pixel of every other row is enough to choose the colours, and four times quicker.
            sample = image.resize((image.width // 2, image.height // 2), Image.Resampling.NEAREST)
            colours = sample.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
            return _png(image.quantize(palette=colours, dither=Image.Dither.NONE), 1)

    def still(self):
        """PNG bytes of the figure as it is now, lossless: for a poster."""
        with self.lock:
            return _png(self._image(), 9)

    def _draw_what_stands_still(self):
        moving = [artist for artist in self._moving_artists() if artist.get_visible()]
        # matplotlib draws animated images with the still part, so everything that moves is hidden here.
        for artist in moving:
            artist.set_visible(False)
        self._canvas.draw()
        for artist in moving:
            artist.set_visible(True)
        self._still_part = self._canvas.copy_from_bbox(self.figure.bbox)

    def _moving_artists(self):
        moving = []
        for parent in (*sorted(self.figure.axes, key=lambda axes: axes.zorder), self.figure):
            own = [artist for artist in parent.get_children() if artist.get_animated()]
            moving += sorted(own, key=lambda artist: artist.zorder)
        return moving

    def _image(self):
        renderer = self._canvas.get_renderer()
        self._canvas.restore_region(self._still_part)
        for artist in self._moving_artists():
            artist.draw(renderer)
        return Image.fromarray(np.asarray(self._canvas.buffer_rgba())).convert("RGB")


def build(scene, width=900, height=400):
    """Let a scene draw itself on a new figure of width × height pixels -> (Stage, update).

    scene: Figure -> update(**knobs) -> caption. The scene may change the figure's size (in inches of 100 pixels).
    """
    with rc_context(STYLE):
        figure = Figure(figsize=(width / 100, height / 100), dpi=100)
        update = scene(figure)
        return Stage(figure), update


def _png(image, compress_level):
    buffer = io.BytesIO()
    image.save(buffer, "png", compress_level=compress_level)
    return buffer.getvalue()
