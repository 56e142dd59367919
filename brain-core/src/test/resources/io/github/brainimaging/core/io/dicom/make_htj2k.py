#!/usr/bin/python3
"""Makes htj2k.txt: small high-throughput JPEG 2000 streams, in the form of streams.txt.

Run as: python make_htj2k.py, with numpy and imagecodecs 2026.3.6 (OpenJPH 0.26.3 encodes, OpenJPEG
2.5.4 decodes). What is lossless must be the image itself; the others are what OpenJPEG finds.

OpenJPH writes cleanup passes only. The streams "passes-..." are the low-pass block of an image of
twice the size, moved up by a bit plane, with a refinement segment of random bytes behind it:
whatever the bytes are, they tell a refinement, and OpenJPEG says which.
"""
import base64
from pathlib import Path

import imagecodecs
import numpy as np

LINES = []
RANDOM = np.random.default_rng(15444)


def image(width, height, bits, signed, reach=1.0):
    y, x = np.mgrid[0:height, 0:width]
    smooth = np.sin(x / 5) * 0.3 + np.cos(y / 4) * 0.2
    edge = np.where((x - width / 2) ** 2 + (y - height / 2) ** 2 < width * height / 9, 0.45, smooth)
    value = np.round(edge * reach * ((1 << bits) - 1)).astype(int)
    value += RANDOM.integers(-1, 2, value.shape)
    low = -(1 << (bits - 1)) if signed else 0
    middle = 0 if signed else 1 << (bits - 1)
    value = np.clip(value + middle, low, low + (1 << bits) - 1)
    return value.astype(("i" if signed else "u") + ("1" if bits == 8 else "2"))


def add(name, syntax, stream, bits, signed, tolerance=0, truth=None):
    found = imagecodecs.jpeg2k_decode(stream)
    assert truth is None or np.array_equal(found, truth), name
    planes = found[None] if found.ndim == 2 else found.transpose(2, 0, 1)
    LINES.append("|".join([
        name, f"1.2.840.10008.1.2.4.{syntax}", str(found.shape[1]), str(found.shape[0]),
        str(len(planes)), str(8 if bits == 8 else 16), str(bits), str(int(signed)),
        "MONOCHROME2" if len(planes) == 1 else "YBR_RCT", str(tolerance),
        base64.b64encode(stream).decode(), " ".join(str(int(v)) for v in planes.ravel())]))


class Bits:
    """The bits of a packet header: after a byte of 0xFF the next one has seven."""

    def __init__(self, data=b""):
        self.bits, self.ends = [], []
        stuffed = False
        for index, byte in enumerate(data):
            new = [byte >> i & 1 for i in range(6 if stuffed else 7, -1, -1)]
            self.bits += new
            self.ends += [index + 1] * len(new)
            stuffed = byte == 0xFF
        self.at = 0

    def get(self, count=1):
        value = 0
        for bit in self.bits[self.at:self.at + count]:
            value = value << 1 | bit
        self.at += count
        return value

    def put(self, value, count=1):
        self.bits += [value >> i & 1 for i in range(count - 1, -1, -1)]

    def bytes(self):
        out = bytearray()
        at = 0
        while at < len(self.bits) or (out and out[-1] == 0xFF):
            width = 7 if out and out[-1] == 0xFF else 8
            chunk = self.bits[at:at + width]
            chunk += [0] * (width - len(chunk))
            out.append(int("".join(map(str, chunk)), 2))
            at += width
        return bytes(out)


def refinement(length):
    out = bytearray()
    for _ in range(length):
        byte = int(RANDOM.choice([0x00, 0x7F, 0xFF, 0x90, *RANDOM.integers(0, 256, 12)]))
        out.append(byte & 0x7F if out and out[-1] == 0xFF else byte)
    if out and out[-1] == 0xFF:
        out[-1] = 0x7F
    return bytes(out)


def with_passes(stream, width, height, passes, causal, length):
    """The first block of a stream alone, a bit plane higher, and refined by random bytes."""
    start = stream.index(b"\xff\x93") + 2
    body = stream[start:-2]
    header = Bits(body)
    assert header.get(2) == 3
    zero = 0
    while header.get() == 0:
        zero += 1
    assert header.get() == 0
    size = 3
    while header.get() == 1:
        size += 1
    first = header.get(size)
    end = header.ends[header.at - 1]
    end += body[end - 1] == 0xFF
    codeword = body[end:end + first]
    extra = refinement(length)
    new = Bits()
    new.put(3, 2)
    new.put(1, zero)
    new.put(2, 2) if passes == 2 else new.put(12, 4)
    size = max(3, max(first, length).bit_length())
    new.put((1 << (size - 2)) - 2, size - 2)
    new.put(first, size)
    new.put(length, size + passes - 2)
    packet = new.bytes() + codeword + extra
    tile = stream.index(b"\xff\x90")
    cod = stream.index(b"\xff\x52")
    out = bytearray(stream[:start] + packet + b"\xff\xd9")
    out[tile + 6:tile + 10] = (start - tile + len(packet)).to_bytes(4, "big")
    for field, value in zip((8, 12, 24, 28), (width, height, width, height)):
        out[field:field + 4] = value.to_bytes(4, "big")
    out[cod + 9] = 0
    out[cod + 12] |= 8 if causal else 0
    return bytes(out)


def refined(width, height, bits, signed, passes, causal, length):
    pixels = image(2 * width, 2 * height, bits, signed, 0.2)
    stream = imagecodecs.htj2k_encode(pixels, resolutions=1)
    return with_passes(stream, width, height, passes, causal, length)


def main():
    for width, height, bits, signed in [(1, 1, 8, False), (1, 9, 16, True), (13, 1, 16, False),
                                        (17, 33, 8, True), (21, 18, 16, True), (18, 21, 16, False)]:
        pixels = image(width, height, bits, signed)
        stream = imagecodecs.htj2k_encode(pixels)
        sign = "signed" if signed else "unsigned"
        add(f"htj2k-{width}x{height}-{bits}-{sign}", 202, stream, bits, signed, 0, pixels)
    rgb = np.stack([image(11, 8, 8, False, reach) for reach in (1, -0.5, 0.7)], -1)
    add("htj2k-rgb", 201, imagecodecs.htj2k_encode(rgb, rgb=True), 8, False, 0, rgb)
    tiles = image(23, 19, 16, False)
    add("htj2k-tiles", 201, imagecodecs.htj2k_encode(tiles, tile=(8, 16), resolutions=2), 16, False,
        0, tiles)
    lossy = image(21, 18, 8, False)
    add("htj2k-irreversible", 203, imagecodecs.htj2k_encode(lossy, 0.004, reversible=False), 8, False,
        1)
    for width, height, passes, causal, length in [(5, 3, 2, False, 4), (19, 14, 3, False, 60),
                                                  (19, 14, 3, True, 60), (9, 21, 2, True, 30)]:
        stream = refined(width, height, 8, False, passes, causal, length)
        add(f"htj2k-passes-{width}x{height}-{passes}{'-causal' if causal else ''}", 203, stream, 8,
            False)
    (Path(__file__).parent / "htj2k.txt").write_text("\n".join(LINES) + "\n")


if __name__ == "__main__":
    main()
