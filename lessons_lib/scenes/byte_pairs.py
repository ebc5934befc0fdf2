"""The picture of tokens: a passage cut into them, the pair that is joined next, and how short the text has become."""

import numpy as np

from lessons_lib.maths.byte_pairs import merge, vocabulary
from lessons_lib.scenes.drawing import BLACK, BLUE, GREEN, GREY, ORANGE, PURPLE, page_in_pixels
from lessons_lib.scenes.words import plural

_COLUMNS, _CELL, _ROW, _BOX = 62, 13.6, 37, 26  # of the passage: letters a row; and pixels
_LEFT, _TOP = 28, 468
_SEEN = str.maketrans({" ": "␣", "\n": "↵"})


def shown(token):
    """A token as it can be seen: a blank is ␣, a line's end ↵."""
    return token.translate(_SEEN)


def wrapped(passage, columns=_COLUMNS):
    """Where each character stands when lines break after blanks -> (rows, columns), lists as long as the passage."""
    rows, places, row, column = [], [], 0, 0
    for word in passage.replace("\n", " ").split(" "):
        if column + len(word) > columns and column > 0:
            row, column = row + 1, 0
        for _ in range(len(word) + 1):  # and the blank after it
            rows.append(row)
            places.append(column)
            column += 1
    return rows[: len(passage)], places[: len(passage)]


def pieces(tokens, rows, columns):
    """The boxes of tokens, two where a line breaks within one -> a list of (number of the token, row, first, end)."""
    boxes, place = [], 0
    for number, token in enumerate(tokens):
        own = slice(place, place + len(token))
        for row in sorted(set(rows[own])):
            inside = [column for at, column in zip(rows[own], columns[own]) if at == row]
            boxes.append((number, row, inside[0], inside[-1] + 1))
        place += len(token)
    return boxes


def tokens_told(n_merges, upcoming, n_characters, n_kinds, n_in_passage):
    """What so many merges have made of the text, and which pair comes next. upcoming: the `Merge` that is next."""
    first, second = (shown(part) for part in upcoming.pair)
    each = n_characters / upcoming.n_tokens
    signs = [told for sign, told in (("␣", "␣ is a blank"), ("↵", "↵ ends a line")) if sign in first + second]
    signs = f" ({', '.join(signs)}.)" if signs else ""
    return (
        f"After {plural(n_merges, 'merge')} the text of {n_characters:,} characters is {upcoming.n_tokens:,} tokens of "
        f"{n_kinds} kinds, {each:.2f} characters each; the passage is {n_in_passage}. Next: “{first}” and “{second}”, "
        f"side by side {plural(upcoming.times, 'time')}.{signs}"
    )


def _outline(x0, x1, y):
    low, high = y - _BOX / 2, y + _BOX / 2
    return [(x0, low), (x1, low), (x1, high), (x0, high), (x0, low), (np.nan, np.nan)]


def _together(spans):
    """The outline of boxes (first x, last x, y), as one in each row."""
    rows = {y: (min(a for a, _, z in spans if z == y), max(b for _, b, z in spans if z == y)) for _, _, y in spans}
    return [corner for y, (x0, x1) in rows.items() for corner in _outline(x0, x1, y)]


def _passage(figure, passage):
    """The letters of a passage, which stand still -> show(tokens, kinds, pair), which draws boxes around tokens.

    kinds: which of four colours a joined token is filled with, always the same; the pair that is next is framed.
    """
    page, (rows, columns) = page_in_pixels(figure), wrapped(passage)
    for letter, row, column in zip(passage, rows, columns):
        colour, letter = (GREY, "·") if letter.isspace() else (BLACK, letter)
        page.text(_LEFT + _CELL * (column + 0.5), _TOP - _ROW * row, letter, family="DejaVu Sans Mono", fontsize=15,
                  color=colour, ha="center", va="center_baseline")  # fmt: skip
    fills = [page.plot([], [], color=colour, alpha=0.3, linewidth=0.72 * _BOX, solid_capstyle="butt", animated=True)[0]
             for colour in (BLUE, "#E69F00", GREEN, PURPLE)]  # fmt: skip
    (borders,) = page.plot([], [], color="#555555", linewidth=1.1, animated=True)
    (frames,) = page.plot([], [], color=ORANGE, linewidth=3.2, animated=True)

    def show(tokens, kinds, pair):
        boxes = pieces(tokens, rows, columns)
        spans = [
            (number, _LEFT + _CELL * a + 1, _LEFT + _CELL * b - 1, _TOP - _ROW * row) for number, row, a, b in boxes
        ]
        borders.set_data(*np.array([corner for _, *span in spans for corner in _outline(*span)]).T)
        for number, fill in enumerate(fills):
            ends = [corner for which, x0, x1, y in spans if kinds.get(tokens[which]) == number
                    for corner in ((x0, y), (x1, y), (np.nan, np.nan))]  # fmt: skip
            fill.set_data(*np.reshape(ends, (-1, 2)).T)
        found, last, own = [], -1, {number: [] for number in range(len(tokens))}
        for number, *span in spans:
            own[number].append(span)
        for number, two in enumerate(zip(tokens, tokens[1:])):
            if two == pair and number > last:
                last = number + 1
                found += _together(own[number] + own[last])
        frames.set_data(*np.reshape(found, (-1, 2)).T)

    return show


def _shorter_and_shorter(figure, lengths):
    """A curve of the text's length in tokens -> show(n_merges, n_kinds)."""
    chart = figure.add_axes([0.095, 0.115, 0.39, 0.33])
    chart.set(xlim=(-0.015 * len(lengths), 1.015 * len(lengths)), ylim=(0, 1.08 * lengths[0]))
    chart.set_title("length of the text, in tokens", fontsize=14)
    chart.set_xlabel("merges", labelpad=0)
    chart.yaxis.set_major_formatter("{x:,.0f}")
    (line,) = chart.plot([], [], color=BLUE, animated=True)
    (end,) = chart.plot([], [], "o", color=BLUE, markersize=9, clip_on=False, animated=True)
    known = chart.text(0.98, 0.9, "", transform=chart.transAxes, fontsize=14, ha="right", animated=True)

    def show(n_merges, n_kinds):
        known.set_text(f"{n_kinds:,} kinds of tokens")
        line.set_data(np.arange(n_merges + 1), lengths[: n_merges + 1])
        end.set_data([n_merges], lengths[n_merges : n_merges + 1])

    return show


def _list_of_merges(figure, learned):
    """The last merges, and the next one -> show(n_merges)."""
    figure.text(0.56, 0.468, "joined last (␣ is a blank)", fontsize=14)
    look = {"family": "DejaVu Sans Mono", "fontsize": 14, "animated": True}
    lines = [figure.text(0.56, 0.40 - 0.07 * line, "", **look) for line in range(3)]
    upcoming = figure.text(0.56, 0.40 - 0.07 * 3 - 0.02, "", color=ORANGE, weight="bold", **look)

    def written(number):
        (first, second), times, _ = learned[number]
        return f"{number + 1:>3}  {shown(first)} + {shown(second)}  {times:,}×"

    def show(n_merges):
        for place, line in enumerate(lines):
            number = n_merges - len(lines) + place
            line.set_text(written(number) if number >= 0 else "")
        upcoming.set_text(f"{written(n_merges)}  next")

    return show


def merging(text, learned, passage):
    """A passage cut into tokens, merge after merge; the pair that is next; how long the text is that they come from.

    text: a string, learned: the list of `Merge` that was learned from it, passage: a string of up to about 300
    characters, cut by the same merges. Knob: merges, from 0 to len(learned) − 1.
    """
    pairs, lengths = [each.pair for each in learned], np.array([each.n_tokens for each in learned])
    kinds = {token: number % 4 for number, token in enumerate(vocabulary(text, pairs)) if len(token) > 1}
    cuts, n_kinds, known = [list(passage)], [], set(text)
    for pair in pairs:  # each frame then only looks up what it shows
        n_kinds.append(len(known))
        known = known | {"".join(pair)}
        cuts.append(merge(cuts[-1], pair))

    def build(figure):
        figure.set_size_inches(9, 5)
        show_passage = _passage(figure, passage)
        show_length = _shorter_and_shorter(figure, lengths)
        show_list = _list_of_merges(figure, learned)

        def update(merges):
            now = min(merges, len(learned) - 1)
            show_passage(cuts[now], kinds, pairs[now])
            show_length(now, n_kinds[now])
            show_list(now)
            return tokens_told(now, learned[now], len(text), n_kinds[now], len(cuts[now]))

        half = next((n for n, length in enumerate(lengths) if 2 * length <= len(text)), None)
        update.guesses = {"merges": ("After how many merges has the text half as many tokens?", half)}
        return update

    return build
