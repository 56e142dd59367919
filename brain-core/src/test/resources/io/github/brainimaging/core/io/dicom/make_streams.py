#!/usr/bin/python3
"""Makes streams.txt: small codestreams of each transfer syntax family and what they hold.

Run as: /usr/bin/python3 make_streams.py
Debian 12: gdcm 3.0.21 (JPEG lossless, JPEG-LS, JPEG 2000, RLE), dcmtk 3.6.7 (dcmcjpeg +ee, +el +sv, dcmcjpls), PIL 9.4.0.

One line per stream: name, transfer syntax, columns, rows, samples per pixel, bits allocated, bits
stored, signed, photometric interpretation, allowed difference, codestream in Base64, then the
samples that gdcm (dcmtk where gdcm has no decoder) finds, component after component.
"""
import base64
import subprocess
import tempfile
from pathlib import Path

import numpy as np
import pydicom
from pydicom.dataset import FileDataset, FileMetaDataset
from pydicom.encaps import defragment_data, generate_pixel_data_fragment
from pydicom.uid import ExplicitVRLittleEndian, generate_uid

W, H = 21, 18
LINES = []
y, x = np.mgrid[0:H, 0:W]
SMOOTH = 0.5 + 0.3 * np.sin(x / 5) + 0.2 * np.cos(y / 4)
EDGE = np.where((x - 9) ** 2 + (y - 8) ** 2 < 30, 0.95, SMOOTH * 0.8)


def write(path, pixels, bits, signed=False, photometric="MONOCHROME2"):
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.7"
    meta.MediaStorageSOPInstanceUID = generate_uid()
    ds = FileDataset(str(path), {}, file_meta=meta, preamble=b"\0" * 128)
    ds.SOPClassUID = meta.MediaStorageSOPClassUID
    ds.SOPInstanceUID = meta.MediaStorageSOPInstanceUID
    ds.Modality = "OT"
    ds.Rows, ds.Columns = pixels.shape[:2]
    ds.SamplesPerPixel = 1 if pixels.ndim == 2 else 3
    if pixels.ndim == 3:
        ds.PlanarConfiguration = 0
    ds.PhotometricInterpretation = photometric
    ds.BitsAllocated = 8 if bits <= 8 else 16
    ds.BitsStored = bits
    ds.HighBit = bits - 1
    ds.PixelRepresentation = int(signed)
    kind = {(8, False): "u1", (8, True): "i1", (16, False): "<u2", (16, True): "<i2"}
    data = pixels.astype(kind[ds.BitsAllocated, signed]).tobytes()
    ds.PixelData = data + b"\0" * (len(data) % 2)
    ds.save_as(str(path), write_like_original=False)


def add(name, made, tolerance, native):
    ds = pydicom.dcmread(made)
    stream = defragment_data(ds.PixelData)
    planes = native[None] if native.ndim == 2 else native.transpose(2, 0, 1)
    if tolerance is not None and tolerance > 0:
        found = pydicom.dcmread(decoded(made)).pixel_array if tolerance >= 1 else native
        planes = found[None] if found.ndim == 2 else found.transpose(2, 0, 1)
    LINES.append("|".join([
        name, str(ds.file_meta.TransferSyntaxUID), str(ds.Columns), str(ds.Rows),
        str(ds.SamplesPerPixel), str(ds.BitsAllocated), str(ds.BitsStored),
        str(ds.PixelRepresentation), ds.PhotometricInterpretation, str(tolerance),
        base64.b64encode(stream).decode(), " ".join(str(int(v)) for v in planes.ravel())]))


def decoded(made):
    out = str(made) + ".raw"
    for tool in (["dcmdjpeg", "+cl"], ["dcmdjpls"]):
        if subprocess.run(tool[:1] + [str(made), out], capture_output=True).returncode == 0:
            return out
    subprocess.run(["gdcmconv", "--raw", str(made), out], check=True)
    return out


def gdcm_change(source, target, syntax, lossy=False):
    import gdcm
    reader = gdcm.ImageReader()
    reader.SetFileName(str(source))
    assert reader.Read()
    change = gdcm.ImageChangeTransferSyntax()
    change.SetTransferSyntax(gdcm.TransferSyntax(syntax))
    change.SetInput(reader.GetImage())
    assert change.Change(), syntax
    writer = gdcm.ImageWriter()
    writer.SetFile(reader.GetFile())
    writer.SetImage(change.GetOutput())
    writer.SetFileName(str(target))
    assert writer.Write()


with tempfile.TemporaryDirectory() as folder:
    folder = Path(folder)
    raw, made = folder / "raw.dcm", folder / "made.dcm"

    def each(name, pixels, bits, signed, command, tolerance=0, photometric="MONOCHROME2"):
        write(raw, pixels, bits, signed, photometric)
        if callable(command):
            command()
        else:
            subprocess.run([*command, str(raw), str(made)], check=True, capture_output=True)
        add(name, made, tolerance, pixels)

    import gdcm
    g8 = np.round(EDGE * 255).astype(int)
    g12 = np.round(EDGE * 4095).astype(int)
    g16 = np.round(EDGE * 65535).astype(int)
    s16 = np.round((EDGE - 0.5) * 60000).astype(int)
    rgb = np.stack([g8, 255 - g8, np.round(SMOOTH * 255).astype(int)], -1)
    ts = gdcm.TransferSyntax
    to = lambda syntax: (lambda: gdcm_change(raw, made, syntax))
    each("rle-16", g16, 16, False, to(ts.RLELossless))
    each("rle-rgb", rgb, 8, False, to(ts.RLELossless), photometric="RGB")
    each("jpeg-baseline", g8, 8, False, ["dcmcjpeg", "+eb", "+q", "90"], 2)
    each("jpeg-baseline-rgb-422", rgb, 8, False, ["dcmcjpeg", "+eb", "+s2", "+q", "90"], 2, "RGB")
    each("jpeg-extended-12", g12, 12, False, ["dcmcjpeg", "+ee", "+q", "95"], 2)
    for predictor in range(1, 8):
        each(f"jpeg-lossless-{predictor}", g16, 16, False,
             ["dcmcjpeg", "+el", "+sv", str(predictor)])
    each("jpeg-lossless-rgb", rgb, 8, False, to(ts.JPEGLosslessProcess14_1), photometric="RGB")
    each("jpeg-lossless-signed", s16, 16, True, to(ts.JPEGLosslessProcess14_1))
    each("jpeg-ls-8", g8, 8, False, ["dcmcjpls", "+el"])
    each("jpeg-ls-12", g12, 12, False, ["dcmcjpls", "+el"])
    each("jpeg-ls-16", g16, 16, False, ["dcmcjpls", "+el"])
    each("jpeg-ls-near", g12, 12, False, ["dcmcjpls", "+en", "+md", "3"], 1)
    each("jpeg-ls-rgb-line", rgb, 8, False, ["dcmcjpls", "+el", "+il"], photometric="RGB")
    each("jpeg-ls-rgb-sample", rgb, 8, False, ["dcmcjpls", "+el", "+is"], photometric="RGB")
    each("jpeg-ls-rgb-plane", rgb, 8, False, ["dcmcjpls", "+el", "+in"], photometric="RGB")
    each("jpeg-ls-presets", g8, 8, False,
         ["dcmcjpls", "+el", "+t1", "5", "+t2", "9", "+t3", "25", "+rs", "32"])
    each("jpeg-2000", g16, 16, False, to(ts.JPEG2000Lossless))
    each("jpeg-2000-signed", s16, 16, True, to(ts.JPEG2000Lossless))
    each("jpeg-2000-rgb", rgb, 8, False, to(ts.JPEG2000Lossless), photometric="RGB")


def pil(name, pixels, bits, photometric, tolerance=0, **options):
    import io
    from PIL import Image
    image = Image.fromarray(pixels.astype(np.uint8 if bits == 8 else np.uint16))
    out = io.BytesIO()
    image.save(out, "JPEG2000", no_jp2=True, **options)
    found = np.asarray(Image.open(io.BytesIO(out.getvalue())))
    planes = found[None] if found.ndim == 2 else found.transpose(2, 0, 1)
    LINES.append("|".join([
        name, "1.2.840.10008.1.2.4.91", str(pixels.shape[1]), str(pixels.shape[0]),
        str(len(planes)), str(bits), str(bits), "0", photometric, str(tolerance),
        base64.b64encode(out.getvalue()).decode(), " ".join(str(int(v)) for v in planes.ravel())]))


for order in ("LRCP", "RLCP", "RPCL", "PCRL", "CPRL"):
    pil(f"jpeg-2000-{order.lower()}-tiles", rgb, 8, "YBR_RCT", progression=order,
        tile_size=(16, 16), num_resolutions=3, codeblock_size=(4, 8), precinct_size=(8, 8),
        quality_mode="rates", quality_layers=[4, 2, 1])
pil("jpeg-2000-irreversible", g8, 8, "MONOCHROME2", 1, irreversible=True,
    quality_mode="dB", quality_layers=[45])
pil("jpeg-2000-irreversible-rgb", rgb, 8, "YBR_ICT", 1, irreversible=True,
    quality_mode="dB", quality_layers=[30, 42])
(Path(__file__).parent / "streams.txt").write_text("\n".join(LINES) + "\n")
