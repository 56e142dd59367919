package io.github.brainimaging.core.fusion;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.PngImageWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Prints the table of docs/fusion.md: the mean measures of every method over the pairs of a folder
 * with sub-folders MRI and CT, and in how many pairs a method beats the plain mean on Q^AB/F. Run
 * with the class path of README, "What is measured":
 *
 * <pre>java -cp ... io.github.brainimaging.core.fusion.FusionTable FOLDER [PICTURE.png]</pre>
 *
 * <p>The picture is docs/fusion.png: the drawn head of {@link #picture}, MRI, CT, and their fusions
 * in the order of the table.
 */
final class FusionTable {

  private static final Map<String, ToDoubleFunction<FusionEvaluation>> MEASURES = measures();

  private static final int SIZE = 128;

  private FusionTable() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    if (args.length > 1) {
      PngImageWriter.write(picture(), Path.of(args[1]));
    }
    System.out.println(
        "| method | " + String.join(" | ", MEASURES.keySet()) + " | QAB/F above the mean's in |");
    System.out.println("|---" + "|---".repeat(MEASURES.size() + 1) + "|");
    List<FusionEvaluation> plain = evaluate(folder, ImageFusion.average(), 1);
    for (Map.Entry<String, ImageFusion> method : methods().entrySet()) {
      List<FusionEvaluation> all = evaluate(folder, method.getValue(), 1);
      StringBuilder row = new StringBuilder("| " + method.getKey());
      MEASURES.forEach(
          (name, measure) ->
              row.append(
                  String.format(
                      Locale.ROOT,
                      " | %.3f",
                      all.stream().mapToDouble(measure).average().orElse(Double.NaN))));
      int better = 0;
      for (int i = 0; i < all.size(); i++) {
        better += all.get(i).edgeTransfer() > plain.get(i).edgeTransfer() ? 1 : 0;
      }
      System.out.println(row + " | " + better + " of " + all.size() + " |");
    }
  }

  private static MedicalImage picture() {
    MedicalImage mri = head(false);
    MedicalImage ct = head(true);
    List<MedicalImage> row = new ArrayList<>(List.of(mri, ct));
    methods().values().forEach(method -> row.add(method.fuse(mri, ct)));
    int width = SIZE * row.size();
    float[] samples = new float[width * SIZE];
    for (int i = 0; i < samples.length; i++) {
      MedicalImage image = row.get(i % width / SIZE);
      float factor = 255 / image.nominalMaximum();
      samples[i] = Math.round(factor * image.get(i % SIZE, i / width));
    }
    return MedicalImage.wrap(width, SIZE, 1, samples).withNominalMaximum(255);
  }

  /** Bone is bright in CT only, tissues differ in MRI only, a bleeding shows in both. */
  static MedicalImage head(boolean ct) {
    float[] samples = new float[SIZE * SIZE];
    for (int i = 0; i < samples.length; i++) {
      double x = 2.0 * (i % SIZE) / SIZE - 1;
      int row = i / SIZE;
      double y = 2.0 * row / SIZE - 1;
      double r = Math.hypot(x / 0.72, y / 0.88);
      double folds = Math.sin(17 * x + 3 * y) * Math.cos(15 * y - 4 * x);
      boolean ventricle = Math.hypot((Math.abs(x) - 0.13) / 0.08, (y + 0.05) / 0.3) < 1;
      boolean bleeding = Math.hypot((x - 0.35) / 0.13, (y - 0.3) / 0.1) < 1;
      double mri = r > 0.8 ? 25 : ventricle ? 40 : bleeding ? 190 : 120 + 45 * folds;
      double bone = r > 0.8 ? 250 : ventricle ? 35 : bleeding ? 150 : 75;
      double skin = r > 0.95 ? (ct ? 60 : 200) : ct ? bone : mri;
      samples[i] = (float) (r > 1 ? 0 : skin);
    }
    return MedicalImage.wrap(SIZE, SIZE, 1, samples).withNominalMaximum(255);
  }

  static Map<String, ImageFusion> methods() {
    Map<String, ImageFusion> methods = new LinkedHashMap<>();
    methods.put("weighted average (0.5)", ImageFusion.average());
    methods.put("maximum", ImageFusion.maximum());
    methods.put("Laplacian pyramid", ImageFusion.laplacianPyramid());
    methods.put("wavelet", ImageFusion.wavelet());
    methods.put("guided filter", ImageFusion.guidedFilter());
    return methods;
  }

  /** Of every {@code step}-th pair. */
  static List<FusionEvaluation> evaluate(Path folder, ImageFusion method, int step)
      throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder.resolve("MRI"))) {
      files = all.sorted().toList();
    }
    MedicalImageReader reader = MedicalImageReader.withDefaults();
    List<FusionEvaluation> evaluations = new ArrayList<>();
    for (int i = 0; i < files.size(); i += step) {
      Path file = files.get(i);
      MedicalImage mri = reader.read(file);
      MedicalImage ct = reader.read(folder.resolve("CT").resolve(file.getFileName()));
      evaluations.add(FusionEvaluation.of(mri, ct, method.fuse(mri, ct)));
    }
    return evaluations;
  }

  private static Map<String, ToDoubleFunction<FusionEvaluation>> measures() {
    Map<String, ToDoubleFunction<FusionEvaluation>> measures = new LinkedHashMap<>();
    measures.put("entropy", FusionEvaluation::entropy);
    measures.put("MI with MRI", FusionEvaluation::mriInformation);
    measures.put("MI with CT", FusionEvaluation::ctInformation);
    measures.put("QAB/F", FusionEvaluation::edgeTransfer);
    measures.put("SSIM with MRI", FusionEvaluation::mriSimilarity);
    measures.put("SSIM with CT", FusionEvaluation::ctSimilarity);
    measures.put("spatial frequency", FusionEvaluation::spatialFrequency);
    return measures;
  }
}
