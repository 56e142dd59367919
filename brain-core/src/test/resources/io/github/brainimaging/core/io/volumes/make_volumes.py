"""Writes small NRRD, MetaImage, MGH and Analyze files and expected.txt, what these programs read of them.

pip install SimpleITK==2.5.7 nibabel==5.4.2 pynrrd==1.1.3 numpy scipy
"""
import gzip, os
import nibabel as nib, nrrd, numpy as np, SimpleITK as sitk
from expected_lines import line, ras

rng = np.random.default_rng(18)
lines = []
C, S = np.cos(0.3), np.sin(0.3)
OBLIQUE = np.array([[C, -S, 0], [S, C, 0], [0, 0, -1.0]])
SPACING = (0.9, 1.1, 2.5)
ORIGIN = (-12.25, 3.5, 100.125)


def expect(name, volumes, affine, program):
    lines.append(line(name, volumes, affine, program))


def data(kind, *more):
    shape = (2, 4, 3) + more
    if np.issubdtype(kind, np.floating):
        return (rng.normal(size=shape) * 1000).astype(kind)
    info = np.iinfo(kind)
    return rng.integers(max(info.min, -30000), min(info.max, 60000), shape).astype(kind)


def itk(name, array, compress):
    image = sitk.GetImageFromArray(array, isVector=array.ndim == 4)
    image.SetSpacing(SPACING), image.SetOrigin(ORIGIN), image.SetDirection(OBLIQUE.ravel().tolist())
    sitk.WriteImage(image, name, useCompression=compress)
    back = sitk.ReadImage(name)
    expect(name, [sitk.GetArrayFromImage(back)], ras(back), "SimpleITK")


itk("oblique.nrrd", data(np.int16), False)
itk("oblique-gzip.nrrd", data(np.float32), True)
itk("detached.nhdr", data(np.uint16), False)
itk("color.nrrd", data(np.uint8, 3), True)
itk("oblique.mha", data(np.int32), False)
itk("oblique-zlib.mha", data(np.float64), True)
itk("meta.mhd", data(np.int8), True)

array = data(np.int16)
with open("big-endian.mha", "wb") as out:
    out.write(b"ObjectType = Image\nNDims = 3\nBinaryData = True\nBinaryDataByteOrderMSB = True\nCompressedData = False\n"
              b"TransformMatrix = 0 1 0 -1 0 0 0 0 1\nOffset = 1 2 3\nElementSpacing = 1 2 3\nDimSize = 3 4 2\n"
              b"ElementType = MET_SHORT\nElementDataFile = LOCAL\n" + array.astype(">i2").tobytes())
image = sitk.ReadImage("big-endian.mha")
expect("big-endian.mha", [sitk.GetArrayFromImage(image)], ras(image), "SimpleITK")

header = {"space": "RAS", "space directions": [[np.nan] * 3, [1, 0, 0], [0, 1.5, 0], [0, 0, 2]],
          "space origin": [1, 2, 3], "encoding": "gzip", "kinds": ["list", "domain", "domain", "domain"]}
array = data(np.int16, 4)
nrrd.write("list.seq.nrrd", np.transpose(array, (3, 2, 1, 0)), header)
expect("list.seq.nrrd", [array[..., i] for i in range(4)], np.array([[1, 0, 0, 1], [0, 1.5, 0, 2], [0, 0, 2, 3]]), "pynrrd")
header = {"space": "left-anterior-superior", "space directions": [[0, 1, 0], [2, 0, 0], [0, 0, 3]], "space origin": [1, 2, 3],
          "encoding": "ascii", "endian": "big", "kinds": ["domain"] * 3}
array = data(np.int16)
nrrd.write("text.nrrd", np.transpose(array, (2, 1, 0)), header)
expect("text.nrrd", [array], np.array([[0, -2, 0, -1], [1, 0, 0, 2], [0, 0, 3, 3]]), "pynrrd")
nrrd.write("spacings.nrrd", np.transpose(array, (2, 1, 0)), {"spacings": [1, 2, 3], "encoding": "raw", "endian": "big"})
expect("spacings.nrrd", [array], None, "pynrrd")

affine = np.eye(4)
affine[:3, :3], affine[:3, 3] = OBLIQUE @ np.diag(SPACING), ORIGIN
for name, kind, frames in [("short.mgh", np.int16, 1), ("float.mgz", np.float32, 1), ("frames.mgz", np.uint8, 3)]:
    array = np.transpose(data(kind, frames), (2, 1, 0, 3))
    nib.save(nib.MGHImage(array if frames > 1 else array[..., 0], affine), name)
    back = nib.load(name)
    array = np.asanyarray(back.dataobj).reshape(3, 4, 2, frames)
    expect(name, [np.transpose(array[..., i], (2, 1, 0)) for i in range(frames)], back.affine, "nibabel")

for name, kind, order in [("spm", np.int16, "<"), ("big", np.float32, ">")]:
    flipped = np.diag([-0.9, 1.1, 2.5, 1])
    flipped[:3, 3] = 1.8, -2.2, -2.5
    form = nib.Spm2AnalyzeImage
    image = form(np.transpose(data(kind), (2, 1, 0)) * kind(2), flipped, form.header_class(endianness=order))
    image.set_data_dtype(kind)
    image.to_filename(name + ".img")
    os.remove(name + ".mat")
    back = nib.load(name + ".img")
    expect(name + ".hdr", [np.transpose(back.get_fdata(), (2, 1, 0))], back.affine, "nibabel")
with open("big.img", "rb") as plain:
    content = plain.read()
with open("big.img.gz", "wb") as packed:
    packed.write(gzip.compress(content, mtime=0))
os.remove("big.img")

with open("expected.txt", "w") as out:
    out.write("\n".join(lines) + "\n")
