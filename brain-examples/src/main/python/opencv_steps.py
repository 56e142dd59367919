"""The steps of TumorSegmenter.published() in OpenCV, and both timed in turn on one thread.

    python3 opencv_steps.py CLASS_PATH IMAGE ...

CLASS_PATH is that of the built examples: "brain-examples/target/brain.jar:brain-examples/target/lib/*".
"""
import subprocess
import sys
import time

import cv2
import numpy as np

cv2.setNumThreads(1)

def disk(r):
    n = int(r * (1 + 1e-6)); y, x = np.mgrid[-n:n + 1, -n:n + 1]
    return (x * x + y * y <= r * r * (1 + 1e-6)).astype(np.uint8)

KERNELS = {}
def kernel(r):
    key = int(r * 100)
    if key not in KERNELS: KERNELS[key] = disk(r)
    return KERNELS[key]

def rank(hist, share):
    n = int(hist.sum()); return int(np.searchsorted(hist.cumsum(), int(share * (n - 1)) + 1))

def hist(f, mask=None):
    return cv2.calcHist([f], [0], mask, [256], [0, 256])[:, 0]

def fill(m):
    p = cv2.copyMakeBorder(m, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    cv2.floodFill(p, None, (0, 0), 2)
    return cv2.compare(p[1:-1, 1:-1], 2, cv2.CMP_NE) & 1

def erode(m, r): return cv2.erode(m, kernel(r), borderValue=1)
def dilate(m, r): return cv2.dilate(m, kernel(r), borderValue=0)

def strip(f):
    h = hist(f)
    low, high = rank(h, .01), rank(h, .99)
    split = low + .1 * (high - low)
    k = int(split) + 1
    a, b = h.copy(), h.copy(); a[k:] = 0; b[:k] = 0
    bg, fg = rank(a, .5), rank(b, .5)
    level = bg + .35 * (fg - bg)
    n, lab, st, _ = cv2.connectedComponentsWithStats(cv2.threshold(f, level, 1, cv2.THRESH_BINARY)[1], connectivity=8)
    big = (st[:, 4] >= .05 * st[1:, 4].max()).astype(np.uint8); big[0] = 0
    head = cv2.LUT(lab.astype(np.uint8), np.resize(big, 256)) if n <= 256 else big[lab]
    d = np.sqrt(4 * cv2.countNonZero(head) / np.pi)
    head = fill(erode(dilate(head, .012 * d), .012 * d))
    d = np.sqrt(4 * cv2.countNonZero(head) / np.pi)
    depth = cv2.distanceTransform(cv2.copyMakeBorder(head, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)[1:-1, 1:-1]
    core = cv2.compare(depth, .22 * d, cv2.CMP_GT)
    if cv2.countNonZero(core) < 20: core = cv2.compare(depth, .085 * d, cv2.CMP_GT)
    hc = hist(f, core); hc[:int(level) + 1] = 0
    typ = rank(hc, .5)
    tl = bg + .5 * (typ - bg); fl = bg + 1.6 * (typ - bg)
    rim = cv2.compare(depth, .085 * d, cv2.CMP_LT)
    fat = cv2.bitwise_and(cv2.compare(f, fl, cv2.CMP_GT), rim)
    tissue = cv2.bitwise_and(cv2.compare(f, tl, cv2.CMP_GT), cv2.bitwise_not(fat)) & head
    seeds = erode(tissue, .017 * d)
    n, lab, st, _ = cv2.connectedComponentsWithStats(seeds, connectivity=4)
    w = np.bincount(lab.ravel(), cv2.multiply(depth, depth).ravel(), n); w[0] = 0
    keep = (w >= .06 * w.max()).astype(np.uint8); keep[0] = 0
    deep = cv2.LUT(lab.astype(np.uint8), np.resize(keep, 256)) if n <= 256 else keep[lab]
    o = cv2.bitwise_and(dilate(deep, .017 * d), tissue)
    c = erode(dilate(o, .06 * d), .06 * d)
    return fill(cv2.bitwise_and(c, head)), d, tl

def published(x):
    f = cv2.medianBlur(x, 3)
    brain, d, tl = strip(f)
    t = cv2.bitwise_and(erode(brain, .015 * d), cv2.threshold(f, tl, 1, cv2.THRESH_BINARY)[1])
    h = hist(f, t)
    n = h.cumsum(dtype=np.float64); s = (h * np.arange(256)).cumsum(dtype=np.float64)
    v = (s[-1] * n - n[-1] * s) ** 2 / np.maximum(n * (n[-1] - n), 1)
    m = cv2.bitwise_and(cv2.threshold(f, int(v.argmax()), 1, cv2.THRESH_BINARY)[1], t)
    r = max(1, .006 * d)
    m = dilate(erode(m, r), r)
    k, lab, st, _ = cv2.connectedComponentsWithStats(m, connectivity=4)
    if k < 2: return m
    return fill((lab == 1 + st[1:, 4].argmax()).astype(np.uint8))


def turn(x, count):
    best = float('inf')
    for _ in range(count):
        start = time.perf_counter()
        area = cv2.countNonZero(published(x))
        best = min(best, time.perf_counter() - start)
    return best * 1e3, area


if __name__ == '__main__':
    for file in sys.argv[2:]:
        image = cv2.imread(file, cv2.IMREAD_GRAYSCALE)
        java = subprocess.Popen(
            ['java', '-XX:+UseSerialGC', '-cp', sys.argv[1],
             'io.github.brainimaging.examples.benchmark.SegmentationTurns', file],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        times = [[], []]
        for i in range(25):
            times[0].append(turn(image, 100))
            java.stdin.write('200\n')
            java.stdin.flush()
            times[1].append(tuple(map(float, java.stdout.readline().split())))
        java.stdin.close()
        java.wait()
        (opencv, its), (ours, area) = min(times[0]), min(times[1])
        print(f'{file}: OpenCV {opencv:.2f} ms, {its} pixels; published() {ours:.2f} ms, '
              f'{area:.0f} pixels; ratio {ours / opencv:.2f}')
