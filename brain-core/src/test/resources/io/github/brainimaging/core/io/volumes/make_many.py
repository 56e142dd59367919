"""Writes eighty volumes, twenty per format, and expected.txt, what SimpleITK or nibabel reads of them.

Run as: python make_many.py FOLDER, with the packages of make_volumes.py; then the tests with -Dvolumes=FOLDER.
"""
import gzip, itertools, os, re, sys
import nibabel as nib, numpy as np, SimpleITK as sitk
from expected_lines import line, ras

folder = os.path.abspath(sys.argv[1])
os.makedirs(folder, exist_ok=True)
rng = np.random.default_rng(80)
lines = []


def turned(a, b, c):
    """A rotation about each axis."""
    x = np.array([[1, 0, 0], [0, np.cos(a), -np.sin(a)], [0, np.sin(a), np.cos(a)]])
    y = np.array([[np.cos(b), 0, np.sin(b)], [0, 1, 0], [-np.sin(b), 0, np.cos(b)]])
    z = np.array([[np.cos(c), -np.sin(c), 0], [np.sin(c), np.cos(c), 0], [0, 0, 1]])
    return x @ y @ z


DIRECTIONS = [np.eye(3), turned(0.3, -0.2, 1.1), np.diag([-1.0, 1, 1]), np.diag([1.0, -1, -1]),
              np.eye(3)[[2, 0, 1]], np.eye(3)[[1, 0, 2]] * [[1], [-1], [1]], turned(2, 0.4, -0.7) @ np.diag([1, 1, -1])]
INTEGERS = [np.uint8, np.int8, np.uint16, np.int16, np.uint32, np.int32]
TYPES = INTEGERS + [np.float32, np.float64]


def data(kind, shape):
    if np.issubdtype(kind, np.floating):
        return (rng.normal(size=shape) * 1000).astype(kind)
    info = np.iinfo(kind)
    return rng.integers(info.min, info.max, shape, endpoint=True).astype(kind)


def expect(name, volumes, affine, program):
    lines.append(line(f"{folder}/{name}", volumes, affine, program))


def expect_itk(name):
    image = sitk.ReadImage(f"{folder}/{name}")
    array = sitk.GetArrayFromImage(image)
    expect(name, list(array) if image.GetDimension() == 4 else [array], ras(image), "SimpleITK")


def write_itk(name, kind, direction, compress, color=False, volumes=0):
    shape = rng.integers(2, 6, 3).tolist()
    array = data(kind, [volumes] + shape if volumes else shape + [3] * color)
    image = sitk.JoinSeries([sitk.GetImageFromArray(v) for v in array]) if volumes else sitk.GetImageFromArray(array, color)
    n = image.GetDimension()
    matrix = np.eye(n)
    matrix[:3, :3] = direction
    image.SetSpacing(rng.uniform(0.4, 5, n).tolist())
    image.SetOrigin(rng.uniform(-200, 200, n).tolist())
    image.SetDirection(matrix.ravel().tolist())
    sitk.WriteImage(image, f"{folder}/{name}", useCompression=compress)


def swap(name):
    """Makes the samples of a file that is not compressed big-endian, and says so."""
    content = open(f"{folder}/{name}", "rb").read()
    size = {"short": 2, "ushort": 2, "float": 4}[re.search(rb"(?:type: (?:unsigned )?|MET_)(short|USHORT|SHORT|FLOAT|float)",
                                                           content)[1].decode().lower()]
    end = content.index(b"\n\n") + 2 if name.endswith("nrrd") else content.index(b"LOCAL\n") + 6
    header = content[:end].replace(b"endian: little", b"endian: big").replace(b"MSB = False", b"MSB = True")
    samples = np.frombuffer(content[end:], f"V{size}").view(f"<u{size}").byteswap().tobytes()
    open(f"{folder}/{name}", "wb").write(header + samples)


turns = itertools.cycle(DIRECTIONS)
for ending, detached in (("nrrd", "nhdr"), ("mha", "mhd")):
    names = []
    for i, kind in enumerate(TYPES):
        names.append((f"{ending}-{i}.{ending}", kind, i % 2 == 1, {}))
    for i, kind in enumerate([np.int16, np.float32, np.uint8, np.float64]):
        names.append((f"{detached}-{i}.{detached}", kind, i > 1, {}))
    names.append((f"color-{ending}.{ending}", np.uint8, True, {"color": True}))
    names.append((f"series-{ending}.{ending}", np.int16, True, {"volumes": 3}))
    names.append((f"series-{detached}.{detached}", np.float32, False, {"volumes": 2}))
    for i, kind in enumerate([np.int16, np.float32, np.int16, np.float32, np.int16]):
        names.append((f"big-{i}.{ending}", kind, False, {}))
    assert len(names) == 20
    for name, kind, compress, more in names:
        write_itk(name, kind, next(turns), compress, **more)
        if name.startswith("big"):
            swap(name)
        expect_itk(name)

for i in range(20):
    kind = [np.uint8, np.int16, np.int32, np.float32][i % 4]
    frames = 3 if i % 5 == 4 else 1
    shape = rng.integers(2, 6, 3).tolist()
    affine = np.eye(4)
    affine[:3, :3] = DIRECTIONS[i % len(DIRECTIONS)] @ np.diag(rng.uniform(0.4, 5, 3))
    affine[:3, 3] = rng.uniform(-200, 200, 3)
    name = f"mgh-{i}." + ("mgz" if i % 3 else "mgh")
    nib.save(nib.MGHImage(data(kind, shape + [frames] * (frames > 1)), affine), f"{folder}/{name}")
    back = nib.load(f"{folder}/{name}")
    array = np.asanyarray(back.dataobj).reshape(*shape, frames)
    expect(name, [array[..., f].T for f in range(frames)], back.affine, "nibabel")

for i in range(20):
    form = [nib.AnalyzeImage, nib.Spm99AnalyzeImage, nib.Spm2AnalyzeImage][i % 3]
    kind = [np.uint8, np.int16, np.int32, np.float32, np.float64][i % 5]
    frames = 2 if i % 7 == 6 else 1
    shape = rng.integers(2, 6, 3).tolist()
    affine = np.diag([*(rng.uniform(0.4, 5, 3) * [-1, 1, 1]), 1])
    affine[:3, 3] = -np.diag(affine)[:3] * (rng.integers(1, 3, 3) if i % 2 else (np.array(shape) - 1) / 2)
    image = form(data(kind, shape + [frames] * (frames > 1)), affine, form.header_class(endianness="<>"[i % 2]))
    image.set_data_dtype(kind)
    image.to_filename(f"{folder}/analyze-{i}.img")
    if os.path.exists(f"{folder}/analyze-{i}.mat"):
        os.remove(f"{folder}/analyze-{i}.mat")
    back = nib.load(f"{folder}/analyze-{i}.img")
    array = back.get_fdata().reshape(*shape, frames)
    expect(f"analyze-{i}.hdr", [array[..., f].T for f in range(frames)], back.affine, "nibabel")
    if i % 4 == 3:
        content = open(f"{folder}/analyze-{i}.img", "rb").read()
        gzip.open(f"{folder}/analyze-{i}.img.gz", "wb").write(content)
        os.remove(f"{folder}/analyze-{i}.img")

with open(f"{folder}/expected.txt", "w") as out:
    out.write("\n".join(lines) + "\n")
