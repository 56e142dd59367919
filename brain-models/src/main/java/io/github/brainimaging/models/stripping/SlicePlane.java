package io.github.brainimaging.models.stripping;

import io.github.brainimaging.core.image.MedicalImage;

/** How slices are cut out of the cubes of a {@link HeadGrid}, the front or the top upwards. */
enum SlicePlane {
  AXIAL {
    @Override
    int at(int slice, int column, int row) {
      return (slice * SIDE + SIDE - 1 - row) * SIDE + column;
    }
  },
  CORONAL {
    @Override
    int at(int slice, int column, int row) {
      return ((SIDE - 1 - row) * SIDE + slice) * SIDE + column;
    }
  },
  SAGITTAL {
    @Override
    int at(int slice, int column, int row) {
      return ((SIDE - 1 - row) * SIDE + column) * SIDE + slice;
    }
  };

  /** How many slices lie between those that the network sees at once. */
  static final int DISTANCE = 2;

  private static final int SIDE = HeadGrid.SIDE;
  private static final int CHANNELS = 3;

  /** The index of a voxel. */
  abstract int at(int slice, int column, int row);

  /**
   * A slice, with the one before and the one behind it as further channels.
   *
   * @param values the cubes
   * @param slice its number
   * @param distance to the other two; 0 for the same slice three times
   * @return values of the cubes, whose largest is 1
   */
  MedicalImage image(float[] values, int slice, int distance) {
    float[] samples = new float[CHANNELS * SIDE * SIDE];
    int i = 0;
    for (int channel = 0; channel < CHANNELS; channel++) {
      int number = slice + (channel - 1) * distance;
      if (number < 0 || number >= SIDE) {
        i += SIDE * SIDE;
        continue;
      }
      for (int row = 0; row < SIDE; row++) {
        for (int column = 0; column < SIDE; column++) {
          samples[i++] = values[at(number, column, row)];
        }
      }
    }
    return MedicalImage.wrap(SIDE, SIDE, CHANNELS, samples).withNominalMaximum(1);
  }

  /** How many pixels of a slice are brighter than a level. */
  int count(float[] values, int slice, float level) {
    int count = 0;
    for (int row = 0; row < SIDE; row++) {
      for (int column = 0; column < SIDE; column++) {
        count += values[at(slice, column, row)] > level ? 1 : 0;
      }
    }
    return count;
  }
}
