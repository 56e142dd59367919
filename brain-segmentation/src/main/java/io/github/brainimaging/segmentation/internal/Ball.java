package io.github.brainimaging.segmentation.internal;

import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.internal.Interrupts;

/** All voxels within a radius, as one disk for every slice that the ball reaches. */
final class Ball implements Element {

  private final int sliceHeight;

  /** {@code disks[dz]} belongs to the element in the slices {@code +dz} and {@code -dz}. */
  private final StructuringElement[] disks;

  Ball(double radius, Spacing pixel, double stepZ, int sliceHeight) {
    this.sliceHeight = sliceHeight;
    disks = new StructuringElement[(int) (radius / stepZ * (1 + 1e-6)) + 1];
    for (int dz = 0; dz < disks.length; dz++) {
      double half = radius * radius - dz * stepZ * dz * stepZ;
      disks[dz] = StructuringElement.disk(Math.sqrt(Math.max(0, half)), pixel);
    }
  }

  @Override
  public BitMask dilate(BitMask mask) {
    int slices = mask.height() / sliceHeight;
    int length = mask.words().length / slices;
    long[] target = new long[mask.words().length];
    for (int z = 0; z < slices; z++) {
      Interrupts.heed("slice %s of %s", z, slices);
      BitMask slice = slice(mask, z, length);
      if (slice.count() == 0) {
        continue;
      }
      for (int dz = 0; dz < disks.length; dz++) {
        long[] dilated = null;
        for (int to = z - dz; to <= z + dz; to += Math.max(1, 2 * dz)) {
          if (to >= 0 && to < slices) {
            dilated = dilated == null ? disks[dz].dilate(slice).words() : dilated;
            for (int i = 0; i < length; i++) {
              target[to * length + i] |= dilated[i];
            }
          }
        }
      }
    }
    return new BitMask(mask.width(), mask.height(), target);
  }

  @Override
  public BitMask erodeFromBorder(BitMask mask) {
    BitMask eroded = erode(mask);
    int slices = mask.height() / sliceHeight;
    int length = mask.words().length / slices;
    long[] inner = new long[mask.words().length];
    for (int z = disks.length - 1; z <= slices - disks.length; z++) {
      long[] slice = disks[0].inset(slice(eroded, z, length)).words();
      System.arraycopy(slice, 0, inner, z * length, length);
    }
    return new BitMask(mask.width(), mask.height(), inner);
  }

  private BitMask slice(BitMask mask, int z, int length) {
    long[] words = new long[length];
    System.arraycopy(mask.words(), z * length, words, 0, length);
    return new BitMask(mask.width(), sliceHeight, words);
  }
}
