package io.github.brainimaging.examples.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.github.brainimaging.core.geometry.AnatomicalPlane;
import io.github.brainimaging.core.geometry.Reorient;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.io.NiftiWriter;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.core.pipeline.Prediction;
import io.github.brainimaging.core.pipeline.VolumeAnalysis;
import io.github.brainimaging.core.pipeline.VolumePipeline;
import io.github.brainimaging.core.pipeline.VolumeSegmentation;
import io.github.brainimaging.core.report.Overlay;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Runs a pipeline over volumes and writes {@code volumes.json}: per volume its class, the volume of
 * the region in ml and the times; for every volume that was segmented, {@code masks/NAME.nii.gz} in
 * the input's geometry and {@code overlays/NAME.png}, the axial slice with most of the region.
 */
final class VolumeBatch {

  private final VolumePipeline pipeline;
  private final Path folder;
  private final Set<String> used = new HashSet<>();

  VolumeBatch(VolumePipeline pipeline, Path folder) {
    this.pipeline = pipeline;
    this.folder = folder;
  }

  /**
   * Runs all and gives the number of volumes that failed.
   *
   * @throws IOException if the results cannot be written
   */
  int run(List<VolumeInput> volumes, PrintWriter table) throws IOException {
    int failed = 0;
    JsonArray results = new JsonArray();
    try (Progress progress = new Progress("volumes", volumes.size())) {
      for (VolumeInput volume : volumes) {
        JsonObject result = new JsonObject();
        result.addProperty("input", volume.name());
        String row;
        try {
          VolumeAnalysis analysis = pipeline.analyze(volume.name(), volume.source().read());
          row = describe(analysis, result);
          write(analysis, result);
        } catch (IOException | RuntimeException e) {
          row = fail(result, e.toString());
        } catch (OutOfMemoryError e) {
          row = fail(result, "the heap is too small for this volume (" + e.getMessage() + ")");
        }
        failed += result.get("status").getAsString().equals("ok") ? 0 : 1;
        results.add(result);
        table.println(Terminal.plain(volume.name()) + "  " + Terminal.plain(row));
        progress.step();
      }
    }
    JsonObject json = new JsonObject();
    json.add("results", results);
    Files.createDirectories(folder);
    JsonFile.write(folder.resolve("volumes.json"), json);
    table.printf(
        Locale.ROOT,
        "%d volumes analyzed, %d failed; results: %s%n",
        volumes.size() - failed,
        failed,
        folder.resolve("volumes.json"));
    table.flush();
    return failed;
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
    result.add("milliseconds", numbers(analysis.milliseconds()));
    return row.toString();
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
    String name = fileName(analysis.input());
    Path maskFile = folder.resolve("masks").resolve(name + ".nii.gz");
    Files.createDirectories(folder.resolve("masks"));
    Files.createDirectories(folder.resolve("overlays"));
    NiftiWriter.withDefaults().write(mask, maskFile);
    result.addProperty("mask", "masks/" + name + ".nii.gz");
    MedicalVolume volume = analysis.volume();
    boolean oriented = volume.affine().isPresent();
    Reorient axial = Reorient.to(AnatomicalPlane.AXIAL);
    VolumeMask turned = oriented ? axial.apply(mask) : mask;
    int slice = fullestSlice(turned);
    PngImageWriter.write(
        Overlay.draw((oriented ? axial.apply(volume) : volume).slice(slice), turned.slice(slice)),
        folder.resolve("overlays").resolve(name + ".png"));
    result.addProperty("overlay", "overlays/" + name + ".png");
  }

  /** The middle one of an empty mask. */
  private static int fullestSlice(VolumeMask mask) {
    int best = mask.grid().depth() / 2;
    int most = mask.slice(best).count();
    for (int z = 0; z < mask.grid().depth(); z++) {
      int count = mask.slice(z).count();
      if (count > most) {
        best = z;
        most = count;
      }
    }
    return best;
  }

  private String fileName(String input) {
    String plain = input.replaceFirst("(?i)\\.(nii|nii\\.gz|dcm|ima|hdr)$", "");
    plain = plain.replaceFirst("^[./\\\\]+", "").replaceAll("[^A-Za-z0-9._-]", "-");
    plain = plain.substring(Math.max(0, plain.length() - 150)).replaceFirst("^\\.+", "");
    plain = plain.isEmpty() ? "volume" : plain;
    String name = plain + "-volume";
    for (int i = 2; !used.add(name.toLowerCase(Locale.ROOT)); i++) {
      name = plain + "-volume-" + i;
    }
    return name;
  }
}
