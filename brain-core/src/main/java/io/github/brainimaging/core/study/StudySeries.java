package io.github.brainimaging.core.study;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.ScanFacts;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.io.DicomSeries;
import io.github.brainimaging.core.io.NiftiFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A series of a study, as its headers describe it; the voxels are read when they are asked for.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class StudySeries {

  /** Fewer slices show no head. */
  private static final int LEAST_SLICES = 8;

  /** Parts of an image type: a picture computed from one or several others. */
  private static final Set<String> COMPUTED =
      Set.of(
          "PROJECTION IMAGE",
          "MIP",
          "MINIP",
          "MIN_IP",
          "ADC",
          "FA",
          "TRACEW",
          "SUBTRACTION",
          "SUB",
          "PERFUSION",
          "CBF",
          "CBV",
          "MTT",
          "TTP",
          "PHASE",
          "P",
          "T1 MAP",
          "T2 MAP");

  private static final Pattern HEAD =
      Pattern.compile(
          ".*(HEAD|BRAIN|SKULL|CEREB|CRANI|NEURO|PITUIT|SELLA|ORBIT|IAC|TEMPORAL|WHOLEBODY).*");

  private static final Pattern MASK =
      Pattern.compile("(?i).*[._-](mask|d?seg|segmentation|labels?|roi)[._-].*");

  /** Reads the voxels when they are asked for. */
  @FunctionalInterface
  private interface Source {
    MedicalVolume read() throws IOException;
  }

  private final String name;
  private final List<Path> files;
  private final ScanFacts facts;
  private final VolumeGrid grid;
  private final int times;
  private final String unfit;
  private final Source source;

  private StudySeries(
      String name,
      List<Path> files,
      ScanFacts facts,
      VolumeGrid grid,
      int times,
      String unfit,
      Source source) {
    this.name = name;
    this.files = List.copyOf(files);
    this.facts = facts;
    this.grid = grid;
    this.times = times;
    this.unfit = unfit;
    this.source = source;
  }

  static StudySeries of(int number, DicomSeries series) {
    String unfit = series.isCapture() ? "a picture of a screen or a page" : "";
    if (series.summary().modality().equals("SEG")) {
      unfit = "a segmentation";
    }
    if (series.isParametricMap()) {
      unfit = "a map of computed values";
    }
    return new StudySeries(
        "series " + number,
        series.files(),
        series.facts(),
        series.grid(),
        series.times(),
        unfit,
        series::read);
  }

  static StudySeries of(String name, Path path, NiftiFile file) {
    return new StudySeries(
        name,
        List.of(path),
        file.facts(),
        file.grid(),
        file.volumes(),
        MASK.matcher(name).matches() ? "a mask, by its name" : "",
        () -> file.volume(0));
  }

  StudySeries withFacts(ScanFacts newFacts) {
    return new StudySeries(name, files, newFacts, grid, times, unfit, source);
  }

  StudySeries unreadable(String reason) {
    return new StudySeries(name, files, facts, grid, times, reason, source);
  }

  /**
   * What it is called here.
   *
   * @return {@code series N} as {@code brain info} counts them, or the path of a NIfTI file below
   *     the folder; never what somebody has written about a patient
   */
  public String name() {
    return name;
  }

  /**
   * Its files.
   *
   * @return one or more
   */
  public List<Path> files() {
    return files;
  }

  /**
   * What is known of the scan.
   *
   * @return the facts, each with where it comes from
   */
  public ScanFacts facts() {
    return facts;
  }

  /**
   * Size and place.
   *
   * @return the grid; of unknown place if the files do not tell it
   */
  public VolumeGrid grid() {
    return grid;
  }

  /**
   * Volumes at the same place: time points, b-values, echoes.
   *
   * @return positive
   */
  public int times() {
    return times;
  }

  /**
   * Why it can serve no task.
   *
   * @return a reason such as {@code only 3 slices}; empty if it can be chosen
   */
  public Optional<String> obstacle() {
    return Optional.of(hindrance()).filter(reason -> !reason.isEmpty());
  }

  private String hindrance() {
    if (!unfit.isEmpty()) {
      return unfit;
    }
    for (String part : imageType()) {
      if (COMPUTED.contains(part)) {
        return "computed from other images (" + part + ")";
      }
    }
    String part = fact("bodyPart").toUpperCase(Locale.ROOT).replace(" ", "");
    if (!part.isEmpty() && !HEAD.matcher(part).matches()) {
      return "of another part of the body (" + part + ")";
    }
    if (grid.depth() < LEAST_SLICES) {
      return "only " + grid.depth() + (grid.depth() == 1 ? " slice" : " slices");
    }
    return times > 1 ? times + " volumes at the same place" : "";
  }

  /**
   * Whether it was made from another series, such as slices of another plane.
   *
   * @return true if its image type begins with DERIVED
   */
  public boolean isDerived() {
    return imageType()[0].equals("DERIVED");
  }

  private String[] imageType() {
    return fact("imageType").split(", ", -1);
  }

  private String fact(String about) {
    return facts.find(about).map(ScanFacts.Fact::value).orElse("");
  }

  /**
   * The distance that is largest between voxels: that of the slices, unless they are thin.
   *
   * @return mm, NaN if it is not known
   */
  public double coarsestMm() {
    return Math.max(grid.spacing().z(), Math.max(grid.spacing().x(), grid.spacing().y()));
  }

  /**
   * The sequence, else the modality.
   *
   * @return such as {@code T1 with contrast agent} or {@code CT}; {@code unknown} if nothing is
   *     told
   */
  public String kind() {
    return facts
        .find(ScanFacts.SEQUENCE)
        .or(() -> facts.find(ScanFacts.MODALITY))
        .map(ScanFacts.Fact::value)
        .orElse("unknown");
  }

  /**
   * Reads it as it was scanned.
   *
   * @return the volume; of a NIfTI file of several, the first
   * @throws io.github.brainimaging.core.io.ImageFormatException if it is damaged, not supported, or
   *     a DICOM series of several volumes
   * @throws IOException if a file cannot be read
   */
  public MedicalVolume read() throws IOException {
    return source.read();
  }

  /** Name, kind and size. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: %s, %d x %d x %d",
        name,
        kind(),
        grid.width(),
        grid.height(),
        grid.depth());
  }
}
