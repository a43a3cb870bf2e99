"""Makes the pictures beside it and hashes.json: SHA-256 of each one's pixels, [height, width, red green blue opacity], as another decoder reads them.

resized.json is ours: pixels brought to 7 x 5 in colour, and those of small.zip, which Node and browsers must agree on.
Needs ImageMagick 6 or 7 (`convert`) and nothing else. Run it in any folder: python3 test/golden/pictures/make.py
"""
import hashlib
import json
import pathlib
import struct
import subprocess
import zipfile
import zlib

here = pathlib.Path(__file__).parent


def convert(*arguments):
    return subprocess.run(["convert", *map(str, arguments)], check=True, capture_output=True).stdout


def chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(width, height, colour, lines):
    head = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    data = b"".join(b"\0" + bytes(line) for line in lines)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(data)) + chunk(b"IEND", b"")


def turned(jpeg, orientation):
    """With an Exif segment that says how the camera was held (Exif 2.3, tag 0x0112)."""
    tiff = b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, 0x0112, 3, 1, orientation, 0, 0)
    segment = b"Exif\0\0" + tiff
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + jpeg[2:]


def archive(name, files, change=None):
    path = here / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for inner, content in files.items():
            out.writestr(zipfile.ZipInfo(inner, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED, 9)
    if change:
        path.write_bytes(change(path.read_bytes()))


def locked(content):
    """The bit that says that a file is encrypted, in both of its headers (APPNOTE 6.3, 4.4.4)."""
    for signature, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        place = content.index(signature) + flags
        content = content[:place] + bytes([content[place] | 1]) + content[place + 1:]
    return content


def grey_lines(width, height, seed):
    return [[(seed * 37 + 11 * x + 29 * y * y) % 256 for x in range(width)] for y in range(height)]


(here / "grey.png").write_bytes(png(6, 4, 0, grey_lines(6, 4, 1)))
(here / "opacity.png").write_bytes(
    png(5, 3, 6, [[value for x in range(5) for value in (50 * x, 80 * y, 255 - 50 * x, 60 * x + 5 * y)] for y in range(3)])
)
convert("-size", "9x7", "gradient:red-blue", "-colors", "4", "-interlace", "PNG", "-strip", f"PNG8:{here}/palette.png")
convert("-size", "20x12", "-seed", "7", "plasma:tomato-steelblue", "-strip", "-quality", "88", here / "colour.jpeg")
convert("-size", "20x12", "gradient:black-white", "-colorspace", "Gray", "-strip", "-quality", "90", here / "grey.jpeg")
(here / "turned.jpeg").write_bytes(turned((here / "colour.jpeg").read_bytes(), 6))
convert(here / "colour.jpeg", "-strip", "-quality", "80", here / "lossy.webp")
convert(here / "opacity.png", "-strip", "-define", "webp:lossless=true", "-define", "webp:exact=true", here / "lossless.webp")

small = {f"{kind}/{index}.png": png(4, 4, 0, grey_lines(4, 4, index + 10 * len(kind))) for kind in ("cats", "horses") for index in range(2)}
archive("small.zip", small)
archive("upwards.zip", {f"../../{name}": content for name, content in small.items()} | {"/etc\\dogs/9.png": small["cats/0.png"][:]})
archive("locked.zip", small, locked)
huge = png(4, 4, 0, grey_lines(4, 4, 3)) + bytes(2**26)
archive("bomb.zip", {"cats/huge.png": huge} | small)

hashes = {}
for path in sorted(here.glob("*.*")):
    if path.suffix in (".png", ".jpeg", ".webp"):
        upright = ["-auto-orient"] if path.name == "turned.jpeg" else []
        hashes[path.name] = hashlib.sha256(convert(path, *upright, "-depth", "8", "rgba:-")).hexdigest()
(here / "hashes.json").write_text(json.dumps(hashes, indent=2) + "\n")
