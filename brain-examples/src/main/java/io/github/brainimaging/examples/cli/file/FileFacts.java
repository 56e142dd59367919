package io.github.brainimaging.examples.cli.file;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.ScanFacts;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeSeries;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.io.DicomFile;
import io.github.brainimaging.core.io.DicomSeries;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.io.NiftiFile;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a file tells of its image, technical facts only: never a name, date or comment in it. */
public final class FileFacts {

  /** Transfer syntaxes that compress nothing, by their names in PS3.6. */
  private static final Map<String, String> PLAIN =
      Map.of(
          "1.2.840.10008.1.2", "Implicit VR Little Endian",
          "1.2.840.10008.1.2.1", "Explicit VR Little Endian",
          "1.2.840.10008.1.2.2", "Explicit VR Big Endian");

  /** What the transfer syntaxes with compression are called in PS3.6. */
  private static final Map<String, String> COMPRESSIONS =
      Map.ofEntries(
          Map.entry("1.2.840.10008.1.2.1.99", "deflate"),
          Map.entry("1.2.840.10008.1.2.5", "RLE"),
          Map.entry("1.2.840.10008.1.2.4.50", "JPEG baseline"),
          Map.entry("1.2.840.10008.1.2.4.51", "JPEG extended"),
          Map.entry("1.2.840.10008.1.2.4.57", "JPEG lossless"),
          Map.entry("1.2.840.10008.1.2.4.70", "JPEG lossless, first predictor"),
          Map.entry("1.2.840.10008.1.2.4.80", "JPEG-LS lossless"),
          Map.entry("1.2.840.10008.1.2.4.81", "JPEG-LS near-lossless"),
          Map.entry("1.2.840.10008.1.2.4.90", "JPEG 2000 lossless"),
          Map.entry("1.2.840.10008.1.2.4.91", "JPEG 2000"),
          Map.entry("1.2.840.10008.1.2.4.201", "HTJ2K lossless"),
          Map.entry("1.2.840.10008.1.2.4.202", "HTJ2K lossless, by resolution"),
          Map.entry("1.2.840.10008.1.2.4.203", "HTJ2K"));

  private static final String RECOGNIZED = "recognized";

  private FileFacts() {}

  /** The name of a transfer syntax; empty of one that is not known here. */
  public static String nameOf(String transferSyntax) {
    return PLAIN.getOrDefault(transferSyntax, COMPRESSIONS.getOrDefault(transferSyntax, ""));
  }

  /**
   * The facts in the order in which people read them; empty if it is no image, or one of DICOM.
   *
   * @param looks tells what the image looks like
   * @throws IOException if it is an image that cannot be read
   */
  public static Optional<JsonObject> of(Path file, Recognition looks) throws IOException {
    if (NiftiFile.recognizes(file)) {
      return Optional.of(nifti(NiftiFile.open(file), looks));
    }
    Optional<String> volume = MedicalVolumeReader.format(file);
    if (volume.isPresent()) {
      return Optional.of(volume(volume.get(), file, looks));
    }
    Optional<String> format = MedicalImageReader.format(file);
    if (format.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(raster(format.get(), MedicalImageReader.withDefaults().read(file), looks));
  }

  private static JsonObject raster(String format, MedicalImage image, Recognition looks) {
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
    addFindings(facts, image.warnings());
    addRange(facts, image.range());
    if (isFinite(image.samples()) && isReadable(image.channels())) {
      facts.addProperty(RECOGNIZED, looks.of(image));
    }
    return facts;
  }

  /**
   * The facts of a DICOM file.
   *
   * @throws IOException if its pixels cannot be read
   */
  public static JsonObject of(DicomFile file, Recognition looks) throws IOException {
    VolumeSeries series = file.readAll();
    JsonObject facts = dicom(file.summary());
    addScan(facts, series.volumes().get(0).facts());
    addGrid(facts, series.volumes().get(0).grid());
    facts.addProperty("volumes", series.volumes().size());
    Set<String> findings = new LinkedHashSet<>(file.findings());
    findings.addAll(series.volumes().get(0).warnings());
    addFindings(facts, findings);
    addRange(facts, series.volumes());
    addLooks(facts, series.volumes().get(0), looks);
    return facts;
  }

  private static void addFindings(JsonObject facts, Collection<String> findings) {
    if (!findings.isEmpty()) {
      facts.addProperty("findings", String.join("; ", findings));
    }
  }

  /** A series of a folder, whose pixels are not read. */
  public static JsonObject of(DicomSeries series) {
    JsonObject facts = dicom(series.summary());
    addScan(facts, series.facts());
    facts.addProperty("files", series.files().size());
    addGrid(facts, series.grid());
    facts.addProperty("volumes", series.times());
    addFindings(facts, series.findings());
    return facts;
  }

  private static JsonObject dicom(DicomFile.Summary summary) {
    JsonObject facts = new JsonObject();
    facts.addProperty("format", "DICOM");
    // A code that nobody knows is not shown: something may be planted there.
    facts.addProperty("modality", summary.modality().isEmpty() ? "unknown" : summary.modality());
    facts.addProperty("transferSyntax", summary.transferSyntax());
    facts.addProperty("compression", COMPRESSIONS.getOrDefault(summary.transferSyntax(), "none"));
    facts.addProperty(
        "storedAs",
        summary.bits()
            + " bits"
            + (summary.signed() ? " signed" : "")
            + ", "
            + summary.photometric());
    summary.padding().ifPresent(value -> facts.addProperty("paddingValue", value));
    return facts;
  }

  private static JsonObject volume(String format, Path file, Recognition looks) throws IOException {
    VolumeSeries series = MedicalVolumeReader.withDefaults().readSeries(file);
    MedicalVolume first = series.volumes().get(0);
    JsonObject facts = new JsonObject();
    facts.addProperty("format", format);
    if (first.channels() > 1) {
      facts.addProperty("channels", first.channels());
    }
    addGrid(facts, first.grid());
    facts.addProperty("volumes", series.volumes().size());
    addFindings(facts, first.warnings());
    addRange(facts, series.volumes());
    addLooks(facts, first, looks);
    return facts;
  }

  private static JsonObject nifti(NiftiFile file, Recognition looks) throws IOException {
    JsonObject facts = new JsonObject();
    facts.addProperty("format", "NIfTI-" + file.version() + (file.isCompressed() ? ", gzip" : ""));
    facts.addProperty("storedAs", file.type().toString());
    facts.addProperty(
        "byteOrder", file.byteOrder() == ByteOrder.BIG_ENDIAN ? "big endian" : "little endian");
    if (file.slope() != 1 || file.intercept() != 0) {
      facts.addProperty("slope", file.slope());
      facts.addProperty("intercept", file.intercept());
    }
    addScan(facts, file.facts());
    addGrid(facts, file.grid());
    facts.addProperty("volumes", file.volumes());
    if (!Double.isNaN(file.intervalSeconds())) {
      facts.addProperty("intervalSeconds", file.intervalSeconds());
    }
    try {
      List<MedicalVolume> volumes = file.readAll().volumes();
      addFindings(facts, volumes.get(0).warnings());
      addRange(facts, volumes);
      addLooks(facts, volumes.get(0), looks);
    } catch (NoSuchFileException e) {
      // A header may come without its voxels.
      facts.addProperty("intensity", "unknown: " + e.getReason());
    }
    return facts;
  }

  /** What the file says of the scan, each with where it stands. */
  private static void addScan(JsonObject facts, ScanFacts scan) {
    for (ScanFacts.Fact fact : scan.facts()) {
      if (!facts.has(fact.name())) {
        facts.addProperty(fact.name(), fact.value() + " (" + fact.source() + ")");
      }
    }
  }

  /** What a volume looks like; nothing of one with values that are no numbers. */
  private static void addLooks(JsonObject facts, MedicalVolume volume, Recognition looks) {
    if (isFinite(volume.samples()) && isReadable(volume.channels())) {
      facts.addProperty(RECOGNIZED, looks.of(volume));
    }
  }

  private static boolean isReadable(int channels) {
    return channels == 1 || channels == 3;
  }

  private static boolean isFinite(float[] samples) {
    for (float sample : samples) {
      if (!Float.isFinite(sample)) {
        return false;
      }
    }
    return true;
  }

  private static void addGrid(JsonObject facts, VolumeGrid grid) {
    facts.add("size", array(grid.width(), grid.height(), grid.depth()));
    VoxelSpacing spacing = grid.spacing();
    if (spacing.isKnown()) {
      facts.add("spacingMm", array(spacing.x(), spacing.y(), spacing.z()));
    }
    grid.affine().ifPresent(affine -> addAffine(facts, affine));
  }

  private static void addAffine(JsonObject facts, Affine affine) {
    facts.addProperty("orientation", affine.orientation().toString());
    facts.add("affineRasMm", array(affine.toArray()));
  }

  private static void addRange(JsonObject facts, List<MedicalVolume> volumes) {
    float[] all = {Float.NaN, Float.NaN};
    for (MedicalVolume volume : volumes) {
      float[] range = volume.range();
      // Written so that NaN, where nothing is finite, gives way to a number.
      all[0] = all[0] < range[0] || Float.isNaN(range[0]) ? all[0] : range[0];
      all[1] = all[1] > range[1] || Float.isNaN(range[1]) ? all[1] : range[1];
    }
    addRange(facts, all);
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
