package io.github.brainimaging.core.fusion;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.image.ScanFacts;
import io.github.brainimaging.core.internal.Arguments;

/** Two checked images of one grid, scaled to [0, 1]. */
final class FusionPair {

  private final MedicalImage grid;
  private final Channel mri;
  private final Channel ct;

  private FusionPair(MedicalImage grid, Channel mri, Channel ct) {
    this.grid = grid;
    this.mri = mri;
    this.ct = ct;
  }

  static FusionPair of(MedicalImage mri, MedicalImage ct) {
    requireSameSize("ct", ct, mri);
    return new FusionPair(mri, unit("mri", mri), unit("ct", ct));
  }

  static void requireSameSize(String name, MedicalImage image, MedicalImage mri) {
    Arguments.require(
        image.width() == mri.width() && image.height() == mri.height(),
        "%s must have the size of mri, %d x %d, got %d x %d",
        name,
        mri.width(),
        mri.height(),
        image.width(),
        image.height());
  }

  Channel mri() {
    return mri;
  }

  Channel ct() {
    return ct;
  }

  /** The fused plane, cut to [0, 1], as an image. */
  MedicalImage result(Channel fused) {
    float[] samples = fused.samples();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = Math.min(Math.max(samples[i], 0), 1);
    }
    return grid.wrapSamples(samples)
        .withModality(Modality.UNKNOWN)
        .withFacts(ScanFacts.none())
        .withNominalMaximum(1);
  }

  /** An image in [0, 1]; a constant one without a nominal maximum is 0. */
  static Channel unit(String name, MedicalImage image) {
    Arguments.require(
        image.channels() == 1, "%s must be gray (1 channel), got %s", name, image.channels());
    float[] samples = image.samples();
    for (float v : samples) {
      Arguments.require(Float.isFinite(v), "%s must have finite samples only, got %s", name, v);
    }
    boolean nominal = image.nominalMaximum() > 0;
    float[] range = image.range();
    double low = nominal ? 0 : range[0];
    double high = nominal ? image.nominalMaximum() : range[1];
    double factor = high > low ? 1 / (high - low) : 0;
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) Math.min(Math.max((samples[i] - low) * factor, 0), 1);
    }
    return new Channel(image.width(), image.height(), samples);
  }
}
