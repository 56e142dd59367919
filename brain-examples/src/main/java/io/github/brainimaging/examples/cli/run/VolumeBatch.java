package io.github.brainimaging.examples.cli.run;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.io.NiftiWriter;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.core.pipeline.Outcome;
import io.github.brainimaging.core.pipeline.VolumeAnalysis;
import io.github.brainimaging.core.pipeline.VolumePipeline;
import io.github.brainimaging.core.report.Overlay;
import io.github.brainimaging.core.work.Progress;
import io.github.brainimaging.examples.cli.file.AxialView;
import io.github.brainimaging.examples.cli.file.FileNames;
import io.github.brainimaging.examples.cli.file.JsonFile;
import io.github.brainimaging.examples.cli.file.Outputs;
import io.github.brainimaging.examples.cli.file.Terminal;
import io.github.brainimaging.examples.cli.file.VolumeInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;

/**
 * Runs a pipeline over volumes and writes {@code volumes.json}: per volume its class, the volume of
 * the region in ml and the times; for every volume that was segmented, {@code masks/NAME.nii.gz} in
 * the input's geometry and {@code overlays/NAME.png}, the axial slice with most of the region.
 */
public final class VolumeBatch {

  /** Told of every analysis while it is in memory; may add to its result. */
  @FunctionalInterface
  public interface Listener {
    void analyzed(VolumeInput input, VolumeAnalysis analysis, JsonObject result) throws IOException;
  }

  private final VolumePipeline pipeline;
  private final Path folder;
  private final Listener listener;
  private final FileNames names = new FileNames("-volume");

  public VolumeBatch(VolumePipeline pipeline, Path folder, Listener listener) {
    this.pipeline = pipeline;
    this.folder = folder;
    this.listener = listener;
  }

  /**
   * Runs all and gives the number of volumes that failed. What goes wrong with a volume is its
   * result; what goes wrong with the folder ends the run.
   *
   * @throws IllegalArgumentException if an input lies where results are written
   * @throws CancellationException if the thread is interrupted
   * @throws IOException if the results cannot be written
   */
  public int run(List<VolumeInput> volumes, PrintWriter table) throws IOException {
    new Outputs(folder)
        .requireFreeOf(volumes.stream().flatMap(volume -> volume.files().stream()).toList());
    Files.createDirectories(folder);
    int failed = 0;
    JsonArray results = new JsonArray();
    try (ProgressLine progress = new ProgressLine("volumes", volumes.size());
        Stream<Outcome<VolumeAnalysis>> outcomes =
            pipeline.analyzeInputs(volumes, Progress.none())) {
      Iterator<Outcome<VolumeAnalysis>> each = outcomes.iterator();
      for (VolumeInput volume : volumes) {
        JsonObject result = new JsonObject();
        result.addProperty("input", volume.name());
        String row = told(volume, each.next(), result);
        failed += result.get("status").getAsString().equals("ok") ? 0 : 1;
        results.add(result);
        progress.println(table, Terminal.plain(volume.name()) + "  " + Terminal.plain(row));
        progress.step();
      }
    }
    JsonObject json = new JsonObject();
    json.addProperty("schemaVersion", 1);
    json.add("results", results);
    JsonFile.write(folder.resolve(Outputs.VOLUMES), json);
    table.printf(
        Locale.ROOT,
        "%d volumes analyzed, %d failed; results: %s%n",
        volumes.size() - failed,
        failed,
        folder.resolve(Outputs.VOLUMES));
    table.flush();
    return failed;
  }

  private String told(VolumeInput volume, Outcome<VolumeAnalysis> outcome, JsonObject result)
      throws IOException {
    if (outcome.analysis().isEmpty()) {
      return fail(result, outcome.error().orElse(""));
    }
    VolumeAnalysis analysis = outcome.analysis().get();
    String row = describe(analysis, result);
    write(analysis, result);
    listener.analyzed(volume, analysis, result);
    return row;
  }

  private static String fail(JsonObject result, String error) {
    result.addProperty("status", "failed");
    result.addProperty("error", error);
    return "FAILED: " + error;
  }

  private static String describe(VolumeAnalysis analysis, JsonObject result) {
    StringBuilder row = new StringBuilder();
    result.addProperty("status", "ok");
    result.add("error", JsonNull.INSTANCE);
    result.add("assessment", json(analysis.assessment()));
    result.add("predicted", JsonNull.INSTANCE);
    result.add("probabilities", JsonNull.INSTANCE);
    if (analysis.prediction().isPresent()) {
      Prediction prediction = analysis.prediction().get();
      result.addProperty("predicted", prediction.label());
      result.add("probabilities", numbers(prediction.probabilities()));
      row.append(
          String.format(
              Locale.ROOT, "%-12s %5.1f %%", prediction.label(), 100 * prediction.probability()));
    }
    JsonFile.addNumber(result, "volumeMl", Double.NaN);
    JsonFile.addNumber(result, "confidence", Double.NaN);
    if (analysis.segmentation().isPresent()) {
      VolumeSegmentation found = analysis.segmentation().get();
      JsonFile.addNumber(result, "volumeMl", found.mask().volumeMl().orElse(Double.NaN));
      JsonFile.addNumber(result, "confidence", found.confidence().orElse(Double.NaN));
      row.append("  ").append(region(found.mask()));
    }
    JsonArray remarks = new JsonArray();
    analysis.remarks().forEach(remarks::add);
    result.add("remarks", remarks);
    if (!analysis.remarks().isEmpty()) {
      row.append("  ").append(String.join("; ", analysis.remarks()));
    }
    if (!analysis.assessment().reasons().isEmpty()) {
      row.append("  ").append(analysis.assessment());
    }
    result.add("milliseconds", numbers(analysis.milliseconds()));
    return row.toString();
  }

  private static JsonObject json(Assessment assessment) {
    JsonArray reasons = new JsonArray();
    assessment.reasons().forEach(reasons::add);
    JsonObject json = new JsonObject();
    json.addProperty("verdict", assessment.verdict().id());
    json.add("reasons", reasons);
    return json;
  }

  private static String region(VolumeMask mask) {
    if (mask.isEmpty()) {
      return "no region found";
    }
    return mask.volumeMl().isPresent()
        ? String.format(Locale.ROOT, "%.2f ml", mask.volumeMl().getAsDouble())
        : mask.count() + " voxels";
  }

  private static JsonObject numbers(Map<String, Double> values) {
    JsonObject json = new JsonObject();
    values.forEach((key, value) -> JsonFile.addNumber(json, key, value));
    return json;
  }

  private void write(VolumeAnalysis analysis, JsonObject result) throws IOException {
    result.add("mask", JsonNull.INSTANCE);
    result.add("overlay", JsonNull.INSTANCE);
    if (analysis.segmentation().isEmpty()) {
      return;
    }
    VolumeMask mask = analysis.segmentation().get().mask();
    String name = names.next(analysis.input());
    String maskFile = Outputs.MASKS + "/" + name + ".nii.gz";
    NiftiWriter.withDefaults().write(mask, folder.resolve(maskFile));
    result.addProperty("mask", maskFile);
    AxialView view = new AxialView(analysis.volume());
    int slice = view.fullestSlice(mask);
    String overlay = Outputs.OVERLAYS + "/" + name + ".png";
    PngImageWriter.write(
        Overlay.draw(view.slice(slice), view.slice(mask, slice)), folder.resolve(overlay));
    result.addProperty("overlay", overlay);
  }
}
