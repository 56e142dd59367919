#!/usr/bin/python3
"""Makes the images of this folder and expected.txt, the values that a reader must find in them.

Run as: /usr/bin/python3 make_images.py   (Debian 12: PIL 9.4.0, tifffile 2023.2.3, OpenCV 4.6.0)

The images have 19 x 17 pixels. expected.txt has one line per file: name, width, height, channels,
nominal maximum, then the samples channel after channel, row after row. The values are those that
were put in; PIL, OpenCV or tifffile must find the same, or this script fails. For JPEG the values
are those that PIL finds.
"""
import io
import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
import tifffile
from PIL import Image

HERE = Path(__file__).parent
W, H = 19, 17
EXPECTED = []

y, x = np.mgrid[0:H, 0:W]
GRAY = ((x * 13 + y * 7) % 256).astype(np.uint8)
RGB = np.stack([GRAY, 255 - GRAY, (x * y) % 256], -1).astype(np.uint8)
GRAY16 = (x * 3001 + y * 257 + 5).astype(np.uint16)
RGB16 = np.stack([GRAY16, 65535 - GRAY16, GRAY16 // 3], -1).astype(np.uint16)
BIT = ((x // 3 + y // 2) % 2).astype(np.uint8)
ALPHA = np.where(x < 5, 0, np.where(x < 10, 100, 255)).astype(np.uint8)
SMOOTH = np.round(127 + 80 * np.sin(x / 4) + 40 * np.cos(y / 3)).astype(np.uint8)
SMOOTH_RGB = np.stack([SMOOTH, SMOOTH // 2, 255 - SMOOTH], -1)


def expect(name, values, maximum):
    planes = values[None] if values.ndim == 2 else values.transpose(2, 0, 1)
    samples = " ".join(f"{v:.9g}" for v in planes.ravel().astype(float))
    EXPECTED.append(f"{name} {W} {H} {len(planes)} {maximum} {samples}\n")


def same(name, found, values):
    assert np.array_equal(np.asarray(found).astype(float), values.astype(float)), name


def pil(name, mode=None):
    image = Image.open(HERE / name)
    return np.asarray(image.convert(mode) if mode else image)


def hide(values, alpha):
    mask = alpha == 0
    result = values.copy()
    result[mask] = 0
    return result


# ---- PNG ------------------------------------------------------------------------------------


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def rows(values, bits):
    """Filtered rows of one pass; the five filters take turns."""
    out, above = b"", None
    bpp = max(1, values.shape[2] * bits // 8)
    for i, row in enumerate(values):
        if bits == 16:
            raw = row.astype(">u2").tobytes()
        elif bits == 8:
            raw = row.astype(np.uint8).tobytes()
        else:
            shifts = range(bits - 1, -1, -1)
            raw = np.packbits([(v >> s) & 1 for v in row.ravel() for s in shifts]).tobytes()
        raw = np.frombuffer(raw, np.uint8).astype(int)
        up = np.zeros_like(raw) if above is None else above
        left = np.concatenate([np.zeros(bpp, int), raw])[: len(raw)]
        corner = np.concatenate([np.zeros(bpp, int), up])[: len(raw)]
        p = left + up - corner
        a, b, c = abs(p - left), abs(p - up), abs(p - corner)
        paeth = np.where((a <= b) & (a <= c), left, np.where(b <= c, up, corner))
        guess = [0, left, up, (left + up) // 2, paeth][i % 5]
        out += bytes([i % 5]) + ((raw - guess) % 256).astype(np.uint8).tobytes()
        above = raw
    return out


def png(name, values, color, bits=8, interlaced=False, extra=b""):
    values = values.reshape(H, W, -1).astype(int)
    passes = [(0, 0, 1, 1)]
    if interlaced:
        passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    data = b"".join(rows(values[y0::dy, x0::dx], bits) for x0, y0, dx, dy in passes)
    header = struct.pack(">IIBBBBB", W, H, bits, color, 0, 0, interlaced)
    half = len(data) // 3
    packed = zlib.compress(data)
    (HERE / name).write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"tEXt", b"Comment\0made by make_images.py") + extra
        + chunk(b"IDAT", packed[:half]) + chunk(b"IDAT", packed[half:]) + chunk(b"IEND", b""))


def trns(*values):
    return chunk(b"tRNS", b"".join(struct.pack(">H", v) for v in values))


for name, interlaced in [("gray8.png", False), ("gray8-interlaced.png", True)]:
    png(name, GRAY, 0, interlaced=interlaced)
    same(name, pil(name), GRAY)
    expect(name, GRAY, 255)
png("png-named.jpg", GRAY, 0)
expect("png-named.jpg", GRAY, 255)
for name, interlaced in [("gray16.png", False), ("gray16-interlaced.png", True)]:
    png(name, GRAY16, 0, 16, interlaced=interlaced)
    same(name, cv2.imread(str(HERE / name), cv2.IMREAD_UNCHANGED), GRAY16)
    expect(name, GRAY16, 65535)
for bits in (1, 2, 4):
    for interlaced in (False, True):
        name = f"gray{bits}{'-interlaced' if interlaced else ''}.png"
        values = GRAY >> (8 - bits)
        png(name, values, 0, bits, interlaced=interlaced)
        stretched = values.astype(int) * 255 // ((1 << bits) - 1)
        same(name, pil(name, "L"), stretched)
        expect(name, stretched, 255)
png("rgb8.png", RGB, 2)
same("rgb8.png", pil("rgb8.png"), RGB)
expect("rgb8.png", RGB, 255)
png("rgb16.png", RGB16, 2, 16)
same("rgb16.png", cv2.imread(str(HERE / "rgb16.png"), cv2.IMREAD_UNCHANGED)[..., ::-1], RGB16)
expect("rgb16.png", RGB16, 65535)
png("gray8-alpha.png", np.dstack([GRAY, ALPHA]), 4)
same("gray8-alpha.png", pil("gray8-alpha.png"), np.dstack([GRAY, ALPHA]))
expect("gray8-alpha.png", hide(GRAY, ALPHA), 255)
png("gray16-alpha.png", np.dstack([GRAY16, ALPHA * 257]), 4, 16)
expect("gray16-alpha.png", hide(GRAY16, ALPHA), 65535)
png("rgb8-alpha.png", np.dstack([RGB, ALPHA]), 6)
same("rgb8-alpha.png", pil("rgb8-alpha.png"), np.dstack([RGB, ALPHA]))
expect("rgb8-alpha.png", hide(RGB, ALPHA), 255)
ALPHA16 = ALPHA.astype(np.uint16) * 257
png("rgb16-alpha.png", np.dstack([RGB16, ALPHA16]), 6, 16)
same("rgb16-alpha.png", cv2.imread(str(HERE / "rgb16-alpha.png"), cv2.IMREAD_UNCHANGED)[..., [2, 1, 0, 3]], np.dstack([RGB16, ALPHA16]))
expect("rgb16-alpha.png", hide(RGB16, ALPHA), 65535)
for name, values, color, bits, maximum in [
    ("gray8-transparent.png", GRAY, 0, 8, 255), ("gray16-transparent.png", GRAY16, 0, 16, 65535),
    ("rgb8-transparent.png", RGB, 2, 8, 255), ("rgb16-transparent.png", RGB16, 2, 16, 65535)]:
    key = np.atleast_1d(values[3, 4]).astype(int)
    png(name, values, color, bits, extra=trns(*key))
    match = (values.reshape(H, W, -1) == key).all(-1)
    expect(name, hide(values, ~match), maximum)

PALETTE = np.array([[(37 * i) % 256, (101 * i) % 256, 255 - i] for i in range(256)], np.uint8)
for bits in (1, 2, 4, 8):
    name = f"palette{bits}.png"
    indexes = GRAY >> (8 - bits)
    png(name, indexes, 3, bits, extra=chunk(b"PLTE", PALETTE[: 1 << bits].tobytes()))
    same(name, pil(name, "RGB"), PALETTE[indexes])
    expect(name, PALETTE[indexes], 255)
png("palette8-interlaced.png", GRAY, 3, interlaced=True, extra=chunk(b"PLTE", PALETTE.tobytes()))
same("palette8-interlaced.png", pil("palette8-interlaced.png", "RGB"), PALETTE[GRAY])
expect("palette8-interlaced.png", PALETTE[GRAY], 255)
opacity = np.where(np.arange(256) < 60, 0, np.where(np.arange(256) < 120, 90, 255)).astype(np.uint8)
png("palette8-transparent.png", GRAY, 3, extra=chunk(b"PLTE", PALETTE.tobytes()) + chunk(b"tRNS", opacity.tobytes()))
same("palette8-transparent.png", pil("palette8-transparent.png", "RGBA"), np.dstack([PALETTE[GRAY], opacity[GRAY]]))
expect("palette8-transparent.png", hide(PALETTE[GRAY], opacity[GRAY]), 255)
# All colors in use are gray; the unused last one is red.
grays = np.array([[i // 2] * 3 for i in range(255)] + [[255, 0, 0]], np.uint8)
used = np.minimum(GRAY, 254)
png("palette8-gray.png", used, 3, extra=chunk(b"PLTE", grays.tobytes()))
same("palette8-gray.png", pil("palette8-gray.png", "RGB")[..., 0], used // 2)
expect("palette8-gray.png", used // 2, 255)

# ---- JPEG: what PIL (libjpeg-turbo) decodes --------------------------------------------------

for name, values, options in [
    ("gray.jpg", SMOOTH, {}), ("gray-progressive.jpg", SMOOTH, {"progressive": True}),
    ("rgb-444.jpg", SMOOTH_RGB, {"subsampling": 0}), ("rgb-420.jpg", SMOOTH_RGB, {"subsampling": 2}),
    ("rgb-progressive.jpg", SMOOTH_RGB, {"progressive": True, "subsampling": 1}),
    ("jpeg-named.png", SMOOTH, {})]:
    Image.fromarray(values).save(HERE / name, "JPEG", quality=90, **options)
    expect(name, pil(name), 255)
exif = Image.Exif()
exif[0x0112] = 6  # turn by 90 degrees: not applied
Image.fromarray(SMOOTH).save(HERE / "gray-exif.jpg", quality=90, exif=exif, comment="a comment", icc_profile=b"no profile")
expect("gray-exif.jpg", pil("gray-exif.jpg"), 255)
Image.fromarray(SMOOTH_RGB).convert("CMYK").save(HERE / "refused-cmyk.jpg")

# ---- TIFF -----------------------------------------------------------------------------------


def tiff(name, values, maximum, expected=None, check=True, **options):
    tifffile.imwrite(HERE / name, values, metadata=None, **options)
    if check:
        same(name, tifffile.imread(HERE / name), values)
    expect(name, values if expected is None else expected, maximum)


for order, mark in (("<", "le"), (">", "be")):
    tiff(f"gray8-{mark}.tif", GRAY, 255, byteorder=order, photometric="minisblack")
    tiff(f"gray16-{mark}.tif", GRAY16, 65535, byteorder=order, photometric="minisblack")
    tiff(f"float32-{mark}.tif", (GRAY16 / 7 - 100).astype(np.float32), "NaN", byteorder=order, photometric="minisblack")
tiff("float64.tif", (GRAY16 / 8 - 100), "NaN", photometric="minisblack")
tiff("int16.tif", (GRAY16.astype(int) - 30000).astype(np.int16), "NaN", photometric="minisblack")
tiff("int8.tif", (GRAY.astype(int) - 128).astype(np.int8), "NaN", photometric="minisblack")
tiff("int32.tif", GRAY16.astype(np.int32) * 64 - 1000000, "NaN", photometric="minisblack")
tiff("uint32.tif", GRAY16.astype(np.uint32) * 65536, 4294967296, photometric="minisblack")
tiff("gray8-white-is-zero.tif", GRAY, 255, 255 - GRAY, photometric="miniswhite")
tiff("gray16-white-is-zero.tif", GRAY16, 65535, 65535 - GRAY16, photometric="miniswhite")
tiff("rgb8.tif", RGB, 255, photometric="rgb")
tiff("rgb16.tif", RGB16, 65535, photometric="rgb")
tiff("rgb16-be.tif", RGB16, 65535, photometric="rgb", byteorder=">")
tiff("rgb8-planar.tif", RGB.transpose(2, 0, 1), 255, RGB, photometric="rgb", planarconfig="separate")
tiff("rgb16-planar.tif", RGB16.transpose(2, 0, 1), 65535, RGB16, photometric="rgb", planarconfig="separate")
tiff("rgb8-alpha.tif", np.dstack([RGB, ALPHA]), 255, hide(RGB, ALPHA), photometric="rgb", extrasamples=["unassalpha"])
tiff("rgb8-associated-alpha.tif", np.dstack([hide(RGB, ALPHA), ALPHA]), 255, hide(RGB, ALPHA), photometric="rgb", extrasamples=["assocalpha"])
tiff("rgb8-extra.tif", np.dstack([RGB, ALPHA]), 255, RGB, photometric="rgb", extrasamples=["unspecified"])
tiff("gray8-alpha.tif", np.dstack([GRAY, ALPHA]), 255, hide(GRAY, ALPHA), photometric="minisblack", extrasamples=["unassalpha"], planarconfig="contig")
tiff("float32-rgb.tif", RGB16.astype(np.float32) / 3, "NaN", photometric="rgb")
tiff("gray8-tiled.tif", GRAY, 255, tile=(16, 16), photometric="minisblack")
tiff("gray16-tiled-be.tif", GRAY16, 65535, tile=(16, 16), byteorder=">", photometric="minisblack")
tiff("rgb8-tiled-planar.tif", RGB.transpose(2, 0, 1), 255, RGB, tile=(16, 16), photometric="rgb", planarconfig="separate")
tiff("gray8-tiled-deflate.tif", GRAY, 255, tile=(16, 16), compression="zlib", photometric="minisblack")
tiff("gray8-strips.tif", GRAY, 255, rowsperstrip=5, photometric="minisblack")
tiff("float32-deflate.tif", (GRAY16 / 7).astype(np.float32), "NaN", compression="zlib", rowsperstrip=4, photometric="minisblack")
with tifffile.TiffWriter(HERE / "two-pages.tif") as two:
    two.write(GRAY, metadata=None, photometric="minisblack")
    two.write(255 - GRAY, metadata=None, photometric="minisblack")
expect("two-pages.tif", GRAY, 255)


def libtiff(name, image, values, maximum, mode=None, **options):
    image.save(HERE / name, **options)
    same(name, pil(name, mode), values)
    expect(name, values, maximum)


for name in ("tiff_lzw", "tiff_adobe_deflate", "tiff_deflate", "packbits"):
    short = name.replace("tiff_", "").replace("_", "-")
    libtiff(f"gray8-{short}.tif", Image.fromarray(GRAY), GRAY, 255, compression=name)
    libtiff(f"rgb8-{short}.tif", Image.fromarray(RGB), RGB, 255, compression=name)
    libtiff(f"gray16-{short}.tif", Image.fromarray(GRAY16), GRAY16, 65535, compression=name)
for name in ("tiff_lzw", "tiff_adobe_deflate"):
    short = name.replace("tiff_", "").replace("_", "-")
    libtiff(f"gray8-{short}-predictor.tif", Image.fromarray(GRAY), GRAY, 255, compression=name, tiffinfo={317: 2})
    libtiff(f"gray16-{short}-predictor.tif", Image.fromarray(GRAY16), GRAY16, 65535, compression=name, tiffinfo={317: 2})
    libtiff(f"rgb8-{short}-predictor.tif", Image.fromarray(RGB), RGB, 255, compression=name, tiffinfo={317: 2})
for name in ("raw", "tiff_ccitt", "group3", "group4", "packbits", "tiff_lzw"):
    libtiff(f"bit-{name.replace('tiff_', '')}.tif", Image.fromarray(BIT * 255).convert("1"), BIT * 255, 255, "L", compression=name)
# PIL writes black as one bits on request: photometric interpretation 0.
libtiff("bit-white-is-zero.tif", Image.fromarray(BIT * 255).convert("1"), BIT * 255, 255, "L", compression="group4", tiffinfo={262: 0})
indexed = Image.fromarray(GRAY, "P")
indexed.putpalette(PALETTE.tobytes())
libtiff("palette8.tif", indexed, PALETTE[GRAY], 255, "RGB")
for name, values in (("gray8-jpeg.tif", SMOOTH), ("rgb8-jpeg.tif", SMOOTH_RGB)):
    Image.fromarray(values).save(HERE / name, compression="jpeg", quality=90)
    expect(name, pil(name, "RGB" if values.ndim == 3 else None), 255)
Image.fromarray(SMOOTH_RGB).convert("CMYK").save(HERE / "refused-cmyk.tif")
Image.fromarray(SMOOTH_RGB).convert("LAB").save(HERE / "refused-lab.tif")
tifffile.imwrite(HERE / "refused-big.tif", GRAY, bigtiff=True, metadata=None)


def packed_tiff(name, values, bits, photometric):
    """4-bit and 12-bit gray, which neither PIL nor tifffile writes."""
    data = b""
    for row in values:
        data += np.packbits([(int(v) >> s) & 1 for v in row for s in range(bits - 1, -1, -1)]).tobytes()
    tags = [(256, 3, W), (257, 3, H), (258, 3, bits), (259, 3, 1), (262, 3, photometric), (273, 4, 8 + 2 + 12 * 9 + 4),
            (277, 3, 1), (278, 3, H), (279, 4, len(data))]
    body = struct.pack("<2sHIH", b"II", 42, 8, len(tags))
    for tag, kind, value in tags:
        body += struct.pack("<HHII", tag, kind, 1, value)
    (HERE / name).write_bytes(body + b"\0\0\0\0" + data)


packed_tiff("gray4.tif", GRAY >> 4, 4, 1)
same("gray4.tif", pil("gray4.tif", "L"), (GRAY >> 4) * 17)
expect("gray4.tif", (GRAY >> 4) * 17, 255)
packed_tiff("gray4-white-is-zero.tif", GRAY >> 4, 4, 0)
expect("gray4-white-is-zero.tif", 255 - (GRAY >> 4) * 17, 255)
packed_tiff("gray12.tif", GRAY16 >> 4, 12, 1)
expect("gray12.tif", GRAY16 >> 4, 4095)

# ---- BMP ------------------------------------------------------------------------------------


def bmp(name, bits, data, palette=None, compression=0, top_down=False, masks=b"", os2=False):
    table = b""
    if palette is not None:
        table = b"".join(bytes([b, g, r]) + (b"" if os2 else b"\0") for r, g, b in palette)
    size = 12 if os2 else 40
    offset = 14 + size + len(masks) + len(table)
    head = struct.pack("<2sIHHI", b"BM", offset + len(data), 0, 0, offset)
    if os2:
        info = struct.pack("<IHHHH", size, W, H, 1, bits)
    else:
        colors = len(palette) if palette is not None else 0
        info = struct.pack("<IiiHHIIiiII", size, W, -H if top_down else H, 1, bits, compression, len(data), 2835, 2835, colors, 0)
    (HERE / name).write_bytes(head + info + masks + table + data)


def bmp_rows(raw_rows):
    return b"".join(r + b"\0" * (-len(r) % 4) for r in raw_rows)


def packed_rows(values, bits):
    return [np.packbits([(v >> s) & 1 for v in row for s in range(bits - 1, -1, -1)]).tobytes() for row in values]


for bits in (1, 4, 8):
    indexes = GRAY >> (8 - bits)
    palette = PALETTE[: 1 << bits]
    raw = bmp_rows(packed_rows(indexes[::-1], bits))
    for name, os2 in ((f"palette{bits}.bmp", False), (f"palette{bits}-os2.bmp", True)):
        bmp(name, bits, raw, palette, os2=os2)
        same(name, pil(name, "RGB"), palette[indexes])
        expect(name, palette[indexes], 255)
Image.fromarray(GRAY).save(HERE / "gray8.bmp")
expect("gray8.bmp", GRAY, 255)
Image.fromarray(BIT * 255).convert("1").save(HERE / "bit.bmp")
expect("bit.bmp", BIT * 255, 255)
Image.fromarray(RGB).save(HERE / "rgb24.bmp")
expect("rgb24.bmp", RGB, 255)
bmp("rgb24-top-down.bmp", 24, bmp_rows([r[:, ::-1].tobytes() for r in RGB]), top_down=True)
same("rgb24-top-down.bmp", pil("rgb24-top-down.bmp"), RGB)
expect("rgb24-top-down.bmp", RGB, 255)
bmp("rgb32.bmp", 32, b"".join(np.dstack([RGB[..., ::-1], RGB[..., :1] * 0])[::-1][i].tobytes() for i in range(H)))
same("rgb32.bmp", pil("rgb32.bmp"), RGB)
expect("rgb32.bmp", RGB, 255)
r5, g5, b5 = (RGB[..., i].astype(int) >> 3 for i in range(3))
stretch5 = np.round(np.dstack([r5, g5, b5]) * 255 / 31)
bmp("rgb16-555.bmp", 16, bmp_rows([r.astype("<u2").tobytes() for r in ((r5 << 10) | (g5 << 5) | b5)[::-1]]))
assert abs(pil("rgb16-555.bmp") - stretch5).max() <= 1  # PIL rounds down
expect("rgb16-555.bmp", stretch5, 255)
g6 = RGB[..., 1].astype(int) >> 2
stretch565 = np.round(np.dstack([r5 * 255 / 31, g6 * 255 / 63, b5 * 255 / 31]))
bmp("rgb16-565.bmp", 16, bmp_rows([r.astype("<u2").tobytes() for r in ((r5 << 11) | (g6 << 5) | b5)[::-1]]),
    compression=3, masks=struct.pack("<III", 0xF800, 0x7E0, 0x1F))
assert abs(pil("rgb16-565.bmp") - stretch565).max() <= 1
expect("rgb16-565.bmp", stretch565, 255)


def rle(indexes, bits):
    data = b""
    for row in indexes[::-1]:
        if bits == 8:
            # an absolute run of 5, then single runs
            data += b"\0\5" + bytes(row[:5].tolist()) + b"\0"
            i = 5
            while i < W:
                n = 1
                while i + n < W and row[i + n] == row[i]:
                    n += 1
                data += bytes([n, row[i]])
                i += n
        else:
            for i in range(0, W, 2):
                pair = row[i : i + 2].tolist() + [0]
                data += bytes([min(2, W - i), pair[0] << 4 | pair[1]])
        data += b"\0\0"
    return data + b"\0\1"


steps = (GRAY // 32).astype(np.uint8)
bmp("palette8-rle.bmp", 8, rle(steps, 8), PALETTE, compression=1)
same("palette8-rle.bmp", pil("palette8-rle.bmp", "RGB"), PALETTE[steps])
expect("palette8-rle.bmp", PALETTE[steps], 255)
bmp("palette4-rle.bmp", 4, rle(steps, 4), PALETTE[:16], compression=2)
same("palette4-rle.bmp", pil("palette4-rle.bmp", "RGB"), PALETTE[steps])
expect("palette4-rle.bmp", PALETTE[steps], 255)

(HERE / "expected.txt").write_text("".join(EXPECTED))
print(len(EXPECTED), "images")
