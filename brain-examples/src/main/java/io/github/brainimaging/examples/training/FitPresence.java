package io.github.brainimaging.examples.training;

import io.github.brainimaging.core.augmentation.RandomLesion;
import io.github.brainimaging.core.geometry.AnatomicalPlane;
import io.github.brainimaging.core.geometry.Reorient;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.work.AtomicFiles;
import io.github.brainimaging.models.network.format.OnnxBackbone;
import io.github.brainimaging.models.onnx.FeatureExtractor;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.onnx.OnnxSummary;
import io.github.brainimaging.models.onnx.PresenceClassifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
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
  private final List<Known> known = new ArrayList<>();

  /** A slice's features, and whether it has a tumor. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Known(String group, float[] features, boolean tumor) {}

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
    ModelSource source = ModelSource.embeddedSegmenter();
    OnnxBackbone cut = OnnxBackbone.cutAt(source.toBytes(), PresenceClassifier.LAYER);
    try (FeatureExtractor extractor =
        FeatureExtractor.open(
            ModelSource.ofBytes(cut.toBytes(), PresenceClassifier.LAYER),
            OnnxSummary.read(source).card().orElseThrow().input())) {
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
      int inside = 0;
      for (float value : mask.slice(z).samples()) {
        inside += value > 0 ? 1 : 0;
      }
      if (inside >= LEAST_PIXELS) {
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
    MedicalImage both =
        painter.apply(MedicalImage.of(gray.width(), gray.height(), 2, withMask), random);
    float[] painted = both.samples();
    for (int i = pixels; i < painted.length; i++) {
      if (painted[i] > 0) {
        add("painted", gray.withSamples(Arrays.copyOf(painted, pixels)), true);
        return;
      }
    }
  }

  private void add(String group, MedicalImage image, boolean tumor) {
    known.add(new Known(group, PresenceClassifier.features(extractor.extract(image)), tumor));
    if (known.size() % 1000 == 0) {
      System.out.println(known.size() + " slices");
    }
  }

  /** With and without a tumor count alike, and within them large groups little more than small. */
  private String weights() {
    Map<String, Integer> sizes = new HashMap<>();
    known.forEach(k -> sizes.merge(k.group() + k.tumor(), 1, Integer::sum));
    double[] sums = new double[2];
    for (Known k : known) {
      sums[k.tumor() ? 1 : 0] += weight(sizes, k);
    }
    List<SoftmaxRegression.Example> examples = new ArrayList<>();
    for (Known k : known) {
      int label = k.tumor() ? 1 : 0;
      double weight = weight(sizes, k) / sums[label] / 2;
      examples.add(new SoftmaxRegression.Example(k.features(), label, weight));
    }
    System.out.println(sizes);
    double[][] fitted = SoftmaxRegression.fit(examples, 2, PENALTY);
    StringBuilder text = new StringBuilder(ModelSource.embeddedSegmenter().sha256() + "\n");
    for (int i = 0; i < fitted[0].length; i++) {
      text.append(String.format(Locale.ROOT, "%.4g\n", fitted[1][i] - fitted[0][i]));
    }
    return text.toString();
  }

  private static double weight(Map<String, Integer> sizes, Known k) {
    return Math.pow(sizes.getOrDefault(k.group() + k.tumor(), 1), GROUP_POWER - 1);
  }
}
