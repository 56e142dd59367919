package io.github.brainimaging.core.fusion;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.MedicalImageReader;
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
 * with the test class path:
 *
 * <pre>java -cp ... io.github.brainimaging.core.fusion.FusionTable FOLDER</pre>
 */
final class FusionTable {

  private static final Map<String, ToDoubleFunction<FusionEvaluation>> MEASURES = measures();

  private FusionTable() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    System.out.println(
        "| method | " + String.join(" | ", MEASURES.keySet()) + " | QAB/F above the mean's in |");
    System.out.println("|---" + "|---".repeat(MEASURES.size() + 1) + "|");
    List<FusionEvaluation> plain = evaluate(folder, WeightedAverageFusion.withDefaults());
    for (Map.Entry<String, ImageFusion> method : methods().entrySet()) {
      List<FusionEvaluation> all = evaluate(folder, method.getValue());
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

  static Map<String, ImageFusion> methods() {
    Map<String, ImageFusion> methods = new LinkedHashMap<>();
    methods.put("weighted average (0.5)", WeightedAverageFusion.withDefaults());
    methods.put("maximum", MaximumFusion.withDefaults());
    methods.put("Laplacian pyramid", LaplacianPyramidFusion.withDefaults());
    methods.put("wavelet", WaveletFusion.withDefaults());
    methods.put("guided filter", GuidedFilterFusion.withDefaults());
    return methods;
  }

  static List<FusionEvaluation> evaluate(Path folder, ImageFusion method) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder.resolve("MRI"))) {
      files = all.sorted().toList();
    }
    MedicalImageReader reader = MedicalImageReader.withDefaults();
    List<FusionEvaluation> evaluations = new ArrayList<>();
    for (Path file : files) {
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
