package io.github.brainimaging.examples.training;

import io.github.brainimaging.core.augmentation.RandomLesion;
import io.github.brainimaging.core.geometry.AnatomicalPlane;
import io.github.brainimaging.core.geometry.Reorient;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.work.AtomicFiles;
import io.github.brainimaging.models.onnx.FeatureExtractor;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.onnx.PresenceClassifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Fits the weights of {@link PresenceClassifier} to slices that may train what is shipped: healthy
 * heads in all sequences, the same with a painted lesion, and tumors. Run in the root of the
 * repository:
 *
 * <pre>
 * FitPresence DATA brain-models/src/main/resources/io/github/brainimaging/models/onnx/tumor-presence.csv
 * </pre>
 */
public final class FitPresence {

  /** Groups of slices that are tumors, but for those that are healthy. */
  private static final List<String> TUMORS = List.of("tumors", "masks");

  /** A group counts by the number of its slices to this power. */
  private static final double GROUP_POWER = 0.5;

  private static final double PENALTY = 0.001;

  /** Of a mask, in a slice that counts as one with a tumor. */
  private static final int LEAST_PIXELS = 20;

  private final FeatureExtractor extractor;
  private final RandomLesion painter = RandomLesion.withDefaults();
  private final SplittableRandom random = new SplittableRandom(1);
  private final List<SoftmaxRegression.Grouped> known = new ArrayList<>();

  private FitPresence(FeatureExtractor extractor) {
    this.extractor = extractor;
  }

  /**
   * Fits.
   *
   * @param args {@code DATA FILE}
   * @throws IOException if data cannot be read or the file cannot be written
   */
  public static void main(String[] args) throws IOException {
    try (FeatureExtractor extractor =
        FeatureExtractor.ofLayer(ModelSource.embeddedSegmenter(), PresenceClassifier.LAYER)) {
      FitPresence fit = new FitPresence(extractor);
      fit.look(Path.of(args[0]));
      byte[] text = fit.weights().getBytes(StandardCharsets.US_ASCII);
      AtomicFiles.write(Path.of(args[1]), stream -> stream.write(text));
    }
  }

  private void look(Path data) throws IOException {
    for (int patient = 1; patient <= 3; patient++) {
      for (String visit : List.of("pre", "post")) {
        progression(data.resolve("volumes/tumor/progression0" + patient + "_" + visit + "_T1C"));
      }
    }
    new ScanSlices(
            data,
            slice -> {
              if (TUMORS.contains(slice.group())) {
                add(slice.group(), slice.image(), true);
              } else if (!slice.group().equals("progression")) {
                healthy(slice.group(), slice.image());
              }
            })
        .training();
    // Those labeled by eye, read above, are among them: they count twice, which keeps healthy heads
    // so.
    try (Stream<Path> files = Files.list(data.resolve("brain-tumor-mri/train/notumor"))) {
      for (Path file : files.sorted().toList()) {
        healthy("collection", MedicalImageReader.withDefaults().read(file));
      }
    }
  }

  private void progression(Path stem) throws IOException {
    MedicalVolume volume = axial(stem + ".nii.gz");
    MedicalVolume mask = axial(stem + "_mask.nii.gz");
    for (int z = 0; z < volume.depth(); z++) {
      if (Mask.above(mask.slice(z), 0).count() >= LEAST_PIXELS) {
        add("progression", volume.slice(z), true);
      }
    }
  }

  private static MedicalVolume axial(String file) throws IOException {
    return Reorient.to(AnatomicalPlane.AXIAL.orientation())
        .apply(MedicalVolumeReader.withDefaults().read(Path.of(file)));
  }

  /** A healthy slice, and the same with a lesion painted into it. */
  private void healthy(String group, MedicalImage image) {
    add(group, image, false);
    MedicalImage gray = extractor.input().withChannels(image);
    int pixels = gray.width() * gray.height();
    float[] withMask = Arrays.copyOf(gray.samples(), 2 * pixels);
    MedicalImage unpainted = MedicalImage.of(gray.width(), gray.height(), 2, withMask);
    MedicalImage painted = painter.apply(unpainted, random);
    if (!painted.equals(unpainted)) { // else there was no place
      add("painted", gray.withSamples(Arrays.copyOf(painted.samples(), pixels)), true);
    }
  }

  private void add(String group, MedicalImage image, boolean tumor) {
    float[] features = PresenceClassifier.features(extractor.extract(image));
    known.add(new SoftmaxRegression.Grouped(group, features, tumor ? 1 : 0));
    if (known.size() % 1000 == 0) {
      System.out.println(known.size() + " slices");
    }
  }

  /** With and without a tumor count alike, and within them large groups little more than small. */
  private String weights() {
    System.out.println(
        known.stream()
            .collect(
                Collectors.groupingBy(k -> k.group() + (k.label() == 1), Collectors.counting())));
    double[][] fitted =
        SoftmaxRegression.fit(SoftmaxRegression.balanced(known, 2, GROUP_POWER), 2, PENALTY);
    StringBuilder text = new StringBuilder(ModelSource.embeddedSegmenter().sha256() + "\n");
    for (int i = 0; i < fitted[0].length; i++) {
      text.append(String.format(Locale.ROOT, "%.4g\n", fitted[1][i] - fitted[0][i]));
    }
    return text.toString();
  }
}
