"""
Writes the tables of the tokeniser "unicode words v1": which characters words are made of, which are words by themselves, and which letters
become small ones. Pinned to Unicode 14.0, so that every engine gives the same words; run with a Python whose unicodedata is of that version.

    python3 scripts/data/unicode.py
"""

import unicodedata
from pathlib import Path

assert unicodedata.unidata_version == "14.0.0", unicodedata.unidata_version

DESTINATION = Path(__file__).resolve().parents[2] / "src" / "data" / "text" / "unicode.generated.ts"
LAST = 0x323AF
IDEOGRAPHIC = ("CJK UNIFIED IDEOGRAPH", "CJK COMPATIBILITY IDEOGRAPH", "HIRAGANA LETTER", "KATAKANA LETTER")


def is_word(code):
    return unicodedata.category(chr(code))[0] in "LNM"


def is_ideograph(code):
    return is_word(code) and unicodedata.name(chr(code), "").startswith(IDEOGRAPHIC)


def ranges(holds):
    found = []
    for code in range(LAST + 1):
        if not holds(code):
            continue
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return found


def small(code):
    if code == 0x130:
        return ord("i")
    lower = chr(code).lower()
    return ord(lower) if len(lower) == 1 else code


def runs():
    """Letters with the same distance to their small form, one or two places apart: [first, last, step, distance]."""
    found = []
    for code in range(LAST + 1):
        distance = small(code) - code
        if distance == 0:
            continue
        if found and found[-1][3] == distance:
            run = found[-1]
            step = code - run[1]
            if step in (1, 2) and (run[0] == run[1] or run[2] == step):
                run[1], run[2] = code, step
                continue
        found.append([code, code, 1, distance])
    return found


def text(numbers):
    return " ".join(format(number, "x") if number >= 0 else "-" + format(-number, "x") for number in numbers)


def gaps(pairs):
    """Each border as its distance to the one before."""
    last, numbers = 0, []
    for border in (number for pair in pairs for number in pair):
        numbers.append(border - last)
        last = border
    return numbers


DESTINATION.parent.mkdir(parents=True, exist_ok=True)
DESTINATION.write_text(
    f"""/** Made by scripts/data/unicode.py from Unicode {unicodedata.unidata_version}; hexadecimal. */

/** First and last of each range of letters, numbers and marks, each as its distance to the number before. */
export const wordRanges = '{text(gaps(ranges(is_word)))}';

/** Likewise of ideographs and kana, which stand for words by themselves. */
export const ideographRanges = '{text(gaps(ranges(is_ideograph)))}';

/** First, last, step and distance to the small letter of each run of capital ones. */
export const capitalRuns = '{text([number for run in runs() for number in run])}';
""",
    encoding="utf-8",
)
