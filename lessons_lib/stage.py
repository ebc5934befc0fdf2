"""Makes a matplotlib figure fast enough to drag and sharp on every screen: what stands still is drawn once, as SVG.

A full redraw of a figure takes 100-200 ms, nearly all of it for ticks and text that did not change. A scene marks
what moves with matplotlib's own `animated=True`; `Stage` draws the rest once and lays each frame over it.
"""

import contextlib
import ctypes
import hashlib
import io
import logging
import re
import sys
import threading
import uuid

import numpy as np
from matplotlib import rc_context
from PIL import Image

# In a fresh browser or container matplotlib tells, in red, that it lists the fonts; that is no news to a learner.
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: E402
from matplotlib.backends.backend_svg import RendererSVG  # noqa: E402
from matplotlib.figure import Figure  # noqa: E402
from matplotlib.text import Text  # noqa: E402
from matplotlib.textpath import TextToPath  # noqa: E402
from matplotlib.transforms import Affine2D  # noqa: E402

# Colours that stay apart for colour-blind eyes (Okabe & Ito), thick lines and text for the back row.
STYLE = {
    "axes.labelsize": 14,
    "axes.linewidth": 1.2,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlesize": 15,
    "figure.facecolor": "white",
    "image.interpolation": "none",  # images travel at their own resolution
    "font.size": 13,
    "legend.fontsize": 13,
    "legend.frameon": False,
    "lines.linewidth": 2.5,
    "savefig.facecolor": "white",
    "xtick.labelsize": 12,
    "ytick.labelsize": 12,
}
_PER_INCH = 72  # SVG's own unit is a point: at 72 dots an inch matplotlib's coordinates are the SVG's
_LETTERS = "0123456789.,:;()[]{}%=+−-×/<>≤≥ abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Stage:
    """One figure, ready to be shown many times: `background`, under each `frame()`, as SVG; `still()` as a PNG.

    Built from a matplotlib Figure of 72 dots an inch. Artists with `animated=True` are drawn anew in every frame, in
    their zorder; all others are drawn once, here. ids: what the SVG's ids begin with, if not a random word. Hold
    `lock` while moving artists: a notebook may answer a slider in another thread than the one that runs a cell.
    """

    def __init__(self, figure, ids=None):
        self.figure = figure
        self.lock = threading.RLock()
        self.width, self.height = figure.get_size_inches() * _PER_INCH
        # Ids are shared by the whole page, also by the lessons that other kernels drive.
        self._ids = ids or uuid.uuid4().hex[:6]
        self._glyphs = {}
        for axes in figure.axes:
            # Spines lie above the lines, so they are drawn again after each line that moves below them.
            for spine in axes.spines.values():
                spine.set_animated(axes.axison)
        with self.lock:
            self.background = self._what_stands_still()

    def frame(self):
        """What moves, as it is now: an inline SVG to lay over `background`."""
        with self.lock:
            renderer = self._renderer()
            for artist in self._moving_artists():
                artist.draw(renderer)
            return renderer.svg(self._ids)

    def still(self, scale=2):
        """PNG bytes of all of it as it is now, `scale` times the size of a page, in at most 256 colours: a poster."""
        buffer = io.BytesIO()
        with self.lock:
            # matplotlib saves what moves in axes, but leaves out what moves on the figure itself.
            own = [artist for artist in self.figure.get_children() if artist.get_animated()]
            for artist in own:
                artist.set_animated(False)
            usual, canvas = self.figure.canvas, FigureCanvasAgg(self.figure)
            # By way of a hastily packed PNG: bare pixels, a little faster, leave the process 20 MB larger.
            canvas.print_figure(buffer, format="png", dpi=100 * scale, pil_kwargs={"compress_level": 1})
            for artist in own:
                artist.set_animated(True)
            # Texts and mathtext's circles remember what drew them, and with it all the pixels: 6 MB a picture.
            for text in self.figure.findobj(Text):
                text._renderer = None
            vars(canvas.renderer).clear()
            self.figure.set_canvas(usual)
        if sys.platform == "emscripten":  # there it would take a reader's 0.2 s for bytes that nobody commits
            return buffer.getvalue()
        image = Image.open(buffer).convert("RGB").quantize(256, dither=Image.Dither.NONE)
        buffer = io.BytesIO()
        image.save(buffer, "png", optimize=True)
        _give_back_memory()
        return buffer.getvalue()

    def _what_stands_still(self):
        moving = [artist for artist in self._moving_artists() if artist.get_visible()]
        # matplotlib draws animated images with the still part, so everything that moves is hidden here.
        for artist in moving:
            artist.set_visible(False)
        renderer = self._renderer()
        self.figure.draw(renderer)
        for font in dict.fromkeys(artist.get_fontproperties() for artist in moving if isinstance(artist, Text)):
            # The outlines of letters that move are defined here once; a frame only says where they stand.
            gc = renderer.new_gc()
            gc.set_alpha(0)
            renderer.draw_text(gc, 0, 0, _LETTERS, font, 0)
        for artist in moving:
            artist.set_visible(True)
        self._glyphs = dict(renderer._glyph_map)
        return renderer.svg(self._ids)

    def _moving_artists(self):
        moving = []
        for parent in (*sorted(self.figure.axes, key=lambda axes: axes.zorder), self.figure):
            own = [artist for artist in parent.get_children() if artist.get_animated()]
            moving += sorted(own, key=lambda artist: artist.zorder)
        return moving

    def _renderer(self):
        renderer = _Renderer(self.width, self.height)
        renderer._glyph_map.update(self._glyphs)
        return renderer


class _MeasuredOnce(TextToPath):
    """matplotlib's layout of plain text, remembered: words that stay cost half as much in the next frame."""

    def __init__(self):
        super().__init__()
        self._known = {}

    def get_text_width_height_descent(self, s, prop, ismath):
        key = s, hash(prop), ismath
        if ismath or key not in self._known:
            self._keep(key, super().get_text_width_height_descent(s, prop, ismath))
        return self._known[key]

    def get_glyphs_with_font(self, font, s, glyph_map=None, return_new_glyphs_only=False, **more):
        key = font.fname, s, str(more)
        known = self._known.get(key)
        if glyph_map and known and all(glyph[0] in glyph_map for glyph in known):
            return known, {}, []
        glyphs, new, rectangles = super().get_glyphs_with_font(font, s, glyph_map, return_new_glyphs_only, **more)
        self._keep(key, glyphs)
        return glyphs, new, rectangles

    def _keep(self, key, value):
        if len(self._known) > 5000:
            self._known.clear()
        self._known[key] = value


_MEASURED = _MeasuredOnce()


class _Renderer(RendererSVG):
    """matplotlib's own SVG, made fit for a page: no style that rules the whole page, no ids but its own, few bytes."""

    def __init__(self, width, height):
        self._written = io.StringIO()
        super().__init__(width, height, self._written, metadata=dict.fromkeys(("Type", "Format", "Creator", "Date")))
        self._text2path = _MEASURED

    def svg(self, ids):
        """All that was drawn, as one inline <svg>; ids: what every id in it begins with."""
        self.finalize()
        svg = self._written.getvalue()
        # matplotlib begins with a <style> for everything, which inside a page would rule, and lay out anew, the page.
        svg = svg[svg.index("</defs>") + len("</defs>") :]
        svg = _COMMENT.sub("", svg) if "<!--" in svg else svg
        for reference in (' id="', 'href="#', "url(#"):
            svg = svg.replace(reference, reference + ids)
        svg = _NEEDLESS_DIGITS.sub(r".\1\2", svg).replace("xlink:href", "href").replace(" \nL ", "L")
        return f'<svg viewBox="0 0 {self.width:g} {self.height:g}" stroke-linejoin="round">{svg}'

    def _make_id(self, type, content):
        return type + hashlib.blake2b(str(content).encode(), digest_size=5).hexdigest()  # the same for the same picture

    def open_group(self, s, gid=None):
        pass

    def close_group(self, s):
        pass

    def draw_markers(self, gc, marker_path, marker_trans, path, trans, rgbFace=None):
        """One path whose corners carry the marker: a dozen bytes a point instead of a hundred."""
        points = self._make_flip_transform(trans).transform(path.vertices)
        near = (np.abs(points) < 2 * max(self.width, self.height)).all(axis=1)  # nan and inf are near nothing
        points = points[near].round(2)
        points = points[np.append(True, (np.diff(points, axis=0) != 0).any(axis=1))] if len(points) else points
        look = {"d": self._convert_path(marker_path, marker_trans + _FLIPPED, simplify=False),
                "style": self._get_style(gc, rgbFace)}  # fmt: skip
        self.writer.start("g", **self._get_clip_attrs(gc))
        if len(points) < 4:
            for x, y in points:
                self.writer.element("path", transform=f"translate({x:g} {y:g})", **look)
        else:
            name = self._make_id("m", look)
            self.writer.start("marker", id=name, overflow="visible", markerUnits="userSpaceOnUse")
            self.writer.element("path", **look)
            self.writer.end("marker")
            corners = {f"marker-{place}": f"url(#{name})" for place in ("start", "mid", "end")}
            d = "M" + " ".join(f"{x:g} {y:g}" for x, y in points.tolist())
            self.writer.element("path", d=d, fill="none", **corners)
        self.writer.end("g")


_FLIPPED = Affine2D().scale(1, -1)
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_NEEDLESS_DIGITS = re.compile(r"\.(?:(?<=\d\d\.)(\d\d)|(\d\d\d))\d+")  # the point first: it is quick to find


def _give_back_memory():
    """What was freed goes back to the machine: tens of megabytes a lesson."""
    with contextlib.suppress(Exception):  # only Linux's C library keeps what was freed, and has this
        ctypes.CDLL(None).malloc_trim(0)


def build(scene, width=900, height=400, ids=None):
    """Let a scene draw itself on a new figure of width × height pixels -> (Stage, update).

    scene: Figure -> update(**knobs) -> caption. The scene may change the figure's size (in inches of 100 pixels).
    ids: as for Stage.
    """
    with rc_context(STYLE):
        figure = Figure(figsize=(width / 100, height / 100), dpi=_PER_INCH)
        update = scene(figure)
        return Stage(figure, ids), update
