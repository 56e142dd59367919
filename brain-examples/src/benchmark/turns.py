#!/usr/bin/env python3
"""Runs programs that do the same job in turn and prints their times and ratios.

    turns.py [--rounds 5] [--copies 1] IMAGES NAME=COMMAND...

In each COMMAND {in} is the folder of images and {out} a new, empty one. The first program is the one that the others
are compared with. Printed per program: medians of the wall time, of the processor time (user and system, of all its
threads and children) and of the cores that were busy, and the median of the ratios of each round, so that whatever
else the machine does falls on all alike. Below 1.00 the first program is slower. Needs Python 3.8 alone.

    turns.py VALIDATION "ours=java -jar brain.jar analyze {in} --out {out}" \\
        "onnx=python3 onnx_folder.py {in} {out} classifier.onnx segmenter.onnx"
"""
import argparse, os, pathlib, shlex, shutil, statistics, subprocess, sys, tempfile, time

p = argparse.ArgumentParser(usage=__doc__)
p.add_argument("--rounds", type=int, default=5)
p.add_argument("--copies", type=int, default=1)
p.add_argument("images", type=pathlib.Path)
p.add_argument("programs", nargs="+")
a = p.parse_args()
programs = dict(text.split("=", 1) for text in a.programs)
work = pathlib.Path(tempfile.mkdtemp(prefix="turns"))
images = a.images
if a.copies > 1:
    images = work / "in"
    for i in range(a.copies):
        shutil.copytree(a.images, images / str(i))


def run(command):
    out = work / "out"
    arguments = [part.replace("{in}", str(images)).replace("{out}", str(out)) for part in shlex.split(command)]
    start = time.perf_counter()
    with open(work / "log", "w") as log:
        process = subprocess.Popen(arguments, stdout=log, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    if status != 0:
        sys.exit(f"{command} ended with {status}:\n{(work / 'log').read_text()[-2000:]}")
    shutil.rmtree(out, ignore_errors=True)
    return wall, usage.ru_utime + usage.ru_stime


try:
    times = {name: [] for name in programs}
    for turn in range(a.rounds):
        for name, command in programs.items():
            times[name].append(run(command))
            print(f"round {turn + 1}: {name} {times[name][-1][0]:.2f} s wall, {times[name][-1][1]:.2f} s processor", flush=True)
    first = times[next(iter(times))]
    print(f"{'':12} {'wall':>9} {'processor':>9} {'cores':>6} {'ratio of wall':>14} {'of processor':>13}")
    for name, found in times.items():
        wall, processor = (statistics.median(t[i] for t in found) for i in (0, 1))
        ratios = [statistics.median(t[i] / f[i] for t, f in zip(found, first)) for i in (0, 1)]
        print(f"{name:12} {wall:8.2f}s {processor:8.2f}s {processor / wall:6.2f} {ratios[0]:14.2f} {ratios[1]:13.2f}")
finally:
    shutil.rmtree(work)
