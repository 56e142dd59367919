package io.github.brainimaging.examples.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.NiftiFile;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** What a file tells of its image, technical facts only: never a name, date or comment in it. */
final class FileFacts {

  private FileFacts() {}

  /**
   * The facts in the order in which people read them; empty if it is no image.
   *
   * @throws IOException if it is an image that cannot be read
   */
  static Optional<JsonObject> of(Path file) throws IOException {
    if (NiftiFile.recognizes(file)) {
      return Optional.of(nifti(NiftiFile.open(file)));
    }
    Optional<String> format = MedicalImageReader.format(file);
    if (format.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(raster(format.get(), MedicalImageReader.withDefaults().read(file)));
  }

  private static JsonObject raster(String format, MedicalImage image) {
    JsonObject facts = new JsonObject();
    facts.addProperty("format", format);
    facts.add("size", array(image.width(), image.height()));
    facts.addProperty("channels", image.channels());
    Spacing spacing = image.spacing();
    if (spacing.isKnown()) {
      facts.add("spacingMm", array(spacing.x(), spacing.y()));
    }
    if (!Float.isNaN(image.nominalMaximum())) {
      facts.addProperty("nominalMaximum", image.nominalMaximum());
    }
    addRange(facts, image.range());
    return facts;
  }

  private static JsonObject nifti(NiftiFile file) throws IOException {
    JsonObject facts = new JsonObject();
    facts.addProperty("format", "NIfTI-" + file.version() + (file.isCompressed() ? ", gzip" : ""));
    facts.addProperty("storedAs", file.type().toString());
    facts.addProperty(
        "byteOrder", file.byteOrder() == ByteOrder.BIG_ENDIAN ? "big endian" : "little endian");
    if (file.slope() != 1 || file.intercept() != 0) {
      facts.addProperty("slope", file.slope());
      facts.addProperty("intercept", file.intercept());
    }
    VolumeGrid grid = file.grid();
    facts.add("size", array(grid.width(), grid.height(), grid.depth()));
    facts.addProperty("volumes", file.volumes());
    if (!Double.isNaN(file.intervalSeconds())) {
      facts.addProperty("intervalSeconds", file.intervalSeconds());
    }
    VoxelSpacing spacing = grid.spacing();
    if (spacing.isKnown()) {
      facts.add("spacingMm", array(spacing.x(), spacing.y(), spacing.z()));
    }
    grid.affine().ifPresent(affine -> addAffine(facts, affine));
    addRange(facts, file);
    return facts;
  }

  private static void addAffine(JsonObject facts, Affine affine) {
    facts.addProperty("orientation", affine.orientation().toString());
    facts.add("affineRasMm", array(affine.toArray()));
  }

  /** One volume at a time; a header may come without its voxels. */
  private static void addRange(JsonObject facts, NiftiFile file) throws IOException {
    float min = Float.POSITIVE_INFINITY;
    float max = Float.NEGATIVE_INFINITY;
    try {
      for (int i = 0; i < file.volumes(); i++) {
        MedicalVolume volume = file.volume(i);
        float[] range = volume.range();
        min = Float.isNaN(range[0]) ? min : Math.min(min, range[0]);
        max = Float.isNaN(range[1]) ? max : Math.max(max, range[1]);
      }
    } catch (NoSuchFileException e) {
      facts.addProperty("intensity", "unknown: " + e.getReason());
      return;
    }
    addRange(facts, min <= max ? new float[] {min, max} : new float[] {Float.NaN, Float.NaN});
  }

  private static void addRange(JsonObject facts, float[] range) {
    if (Float.isNaN(range[0])) {
      facts.addProperty("intensity", "no finite sample");
    } else {
      facts.add("intensity", array(range[0], range[1]));
    }
  }

  private static JsonArray array(double... values) {
    JsonArray array = new JsonArray();
    for (double value : values) {
      if (value == Math.rint(value) && Math.abs(value) < 1e15) {
        array.add((long) value);
      } else {
        array.add(value);
      }
    }
    return array;
  }
}
