"""What is painted on a slider's track: the zones of a knob, with their borders, and marks for single values."""

import html
import urllib.parse

import numpy as np


def zone_rules(mark, control, zones):
    """CSS that paints zones on the track of the slider of class `mark`, their names below it."""
    strip, colours = (urllib.parse.quote(part(control, zones)) for part in (zone_strip, zone_colours))
    return _ZONES.replace("MARK", mark).replace("STRIP", strip).replace("COLOURS", colours)


def zone_colours(control, zones):
    """An SVG as wide as a slider's track with what lies on it: the colours of its zones, and their borders."""
    drawn = []
    for low, high, colour, _ in zones:
        left, right = place_on_track(control, low), place_on_track(control, high)
        drawn.append(f'<rect x="{left:.3f}%" width="{right - left:.3f}%" height="30%" fill="{colour}"/>')
        if left > 0:
            drawn.append(f'<line x1="{left:.3f}%" x2="{left:.3f}%" y2="30%" stroke="#111" stroke-width="2"/>')
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(drawn)}</svg>'


def zone_strip(control, zones):
    """An SVG as wide as a slider's track with its zones [(low, high, colour, name), ...], their names below."""
    drawn, last = [], zones[-1][0]  # the last border matters most: it is drawn longest, and its number always
    for low, high, colour, name in zones:
        left, right = place_on_track(control, low), place_on_track(control, high)
        drawn.append(f'<rect x="{left:.3f}%" width="{right - left:.3f}%" height="30%" fill="{colour}"/>')
        if right - left > 1.5 * len(name):
            narrow = "" if right - left > 2.7 * len(name) else ' class="w"'
            drawn.append(f'<text{narrow} x="{(left + right) / 2:.3f}%" y="62%">{html.escape(name)}</text>')
        if left > 0:
            drawn.append(f'<line x1="{left:.3f}%" x2="{left:.3f}%" y2="{70 if low == last else 30}%"/>')
        if left > 0 and (low == last or place_on_track(control, last) - left > 9):
            which = "" if low == last else ' class="n"'
            drawn.append(f'<text{which} x="{np.clip(left, 4, 96):.3f}%" y="95%" font-weight="bold">{low:.3g}</text>')
    look = "text{font-family:sans-serif;font-size:30vh;text-anchor:middle}line{stroke:#111;stroke-width:2}"
    look += "@media(max-width:480px){.w{display:none}}"  # on a phone only the names that fit
    look += "@media(max-width:260px){text:not([font-weight]),.n{display:none}}"  # there the border's number has to do
    return f'<svg xmlns="http://www.w3.org/2000/svg"><style>{look}</style>{"".join(drawn)}</svg>'


# Both ipywidgets 8 (noUi) and 7 (ui-slider) call the track .slider; the handle lies above what is painted here. A style
# sheet's picture cannot know whether its page is dark: the names are holes in a mask over the page's own text colour.
_ZONES = """
.MARK {margin-bottom: 2.3em}
.MARK .slider {position: relative; background: none; border-color: transparent}
.MARK :is(.noUi-connects, .noUi-connect, .ui-slider-range) {background: none !important}
.MARK .slider::after {content: ''; position: absolute; left: 0; width: 100%; top: calc(50% - 0.45em); height: 3em;
  background: currentColor url('data:image/svg+xml,COLOURS') 0 0 / 100% 100%; pointer-events: none; z-index: 0;
  -webkit-mask: url('data:image/svg+xml,STRIP') 0 0 / 100% 100%; mask: url('data:image/svg+xml,STRIP') 0 0 / 100% 100%}
"""


def place_on_track(control, value):
    """Where a value lies on a slider's track, in per cent of its length."""
    if hasattr(control, "base"):  # a logarithmic slider counts in exponents
        value = np.log(np.clip(value, 1e-300, 1e300)) / np.log(control.base)
    return float(np.clip((value - control.min) / (control.max - control.min), 0, 1)) * 100


def mark_rules(mark, control, marks):
    """CSS that sets signs on the track of the slider of class `mark`; marks: [(value, sign), ...], such as (3, "◆")."""
    signs = "".join(
        f'<text x="{np.clip(place_on_track(control, value), 1, 99):.3f}%" y="84%">{html.escape(sign)}</text>'
        for value, sign in marks
    )
    look = "text{font-family:sans-serif;font-size:88vh;text-anchor:middle;"
    look += "stroke:#fff;stroke-width:3px;paint-order:stroke}"
    strip = f'<svg xmlns="http://www.w3.org/2000/svg"><style>{look}</style>{signs}</svg>'
    return _MARKS.replace("MARK", mark).replace("STRIP", urllib.parse.quote(strip))


# Above the zones, below the handle.
_MARKS = """
.MARK .slider {position: relative}
.MARK .slider::before {content: ''; position: absolute; left: 0; width: 100%; top: calc(50% - 0.65em); height: 1.3em;
  background: url('data:image/svg+xml,STRIP') 0 0 / 100% 100%; pointer-events: none; z-index: 1}
"""
