package io.github.brainimaging.core.bias;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;

/** Smooth fields from 0.7 to 1.3 over the whole grid. */
enum KnownField {
  /** A ramp across one diagonal. */
  LINEAR {
    @Override
    double at(double x, double y, double z) {
      return (x - y + z) / 3;
    }
  },
  /** Bright in the middle, as of a coil around the head. */
  QUADRATIC {
    @Override
    double at(double x, double y, double z) {
      return 1 - 2 * (x * x + y * y + z * z) / 3;
    }
  },
  /** Half a wave or more along each axis, as of a high field. */
  WAVE {
    @Override
    double at(double x, double y, double z) {
      return Math.sin(2 * x + 0.5) * Math.cos(2.5 * y) * Math.cos(1.5 * z - 0.3);
    }
  };

  /** -1 to 1, for coordinates from -1 to 1. */
  abstract double at(double x, double y, double z);

  private double factor(double x, double y, double z) {
    return 1 + 0.3 * at(x, y, z);
  }

  private static double unit(int i, int size) {
    return size == 1 ? 0 : 2.0 * i / (size - 1) - 1;
  }

  float[] on(int width, int height, int depth) {
    float[] field = new float[width * height * depth];
    int i = 0;
    for (int z = 0; z < depth; z++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          field[i++] = (float) factor(unit(x, width), unit(y, height), unit(z, depth));
        }
      }
    }
    return field;
  }

  MedicalVolume times(MedicalVolume volume) {
    return volume.withSamples(
        product(volume.samples(), on(volume.width(), volume.height(), volume.depth())));
  }

  MedicalImage times(MedicalImage image) {
    return image.withSamples(product(image.samples(), on(image.width(), image.height(), 1)));
  }

  private static float[] product(float[] samples, float[] field) {
    for (int i = 0; i < samples.length; i++) {
      samples[i] *= field[i];
    }
    return samples;
  }
}
