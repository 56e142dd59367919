package io.github.brainimaging.core.pipeline;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Segmentation;
import java.util.List;

/** Single images. Their grid is their size. */
enum SliceKind implements Kind<MedicalImage, Segmentation> {
  INSTANCE;

  private static final int PROBE_WIDTH = 131;
  private static final int PROBE_HEIGHT = 113;

  @Override
  public String noun() {
    return "image";
  }

  @Override
  public MedicalImage probe() {
    float[] ramp = new float[PROBE_WIDTH * PROBE_HEIGHT];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = i % 256;
    }
    return MedicalImage.wrap(PROBE_WIDTH, PROBE_HEIGHT, 1, ramp).withNominalMaximum(255);
  }

  @Override
  public long samples(MedicalImage image) {
    return (long) image.width() * image.height() * image.channels();
  }

  @Override
  public String grid(MedicalImage image) {
    return image.width() + " x " + image.height();
  }

  @Override
  public String gridOf(Segmentation found) {
    return found.mask().width() + " x " + found.mask().height();
  }

  @Override
  public boolean sameGrid(MedicalImage image, MedicalImage other) {
    return image.width() == other.width() && image.height() == other.height();
  }

  @Override
  public boolean liesOn(Segmentation found, MedicalImage image) {
    return found.mask().width() == image.width() && found.mask().height() == image.height();
  }

  @Override
  public List<String> remarks(Segmentation found) {
    return found.remarks();
  }

  @Override
  public boolean found(Segmentation found) {
    return found.found();
  }

  @Override
  public String size(Segmentation found) {
    return found.areaPixels() + " pixels";
  }

  @Override
  public Segmentation leftOut(Segmentation found, String reason) {
    return found.leaving(Mask.empty(found.mask().width(), found.mask().height()), reason);
  }

  @Override
  public MedicalImage placed(MedicalImage image, MedicalImage input) {
    return image.withSpacing(input.spacing());
  }
}
