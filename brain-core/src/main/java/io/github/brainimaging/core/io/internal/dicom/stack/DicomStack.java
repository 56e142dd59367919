package io.github.brainimaging.core.io.internal.dicom.stack;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.image.ScanFacts;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeSeries;
import io.github.brainimaging.core.internal.Heap;
import io.github.brainimaging.core.io.internal.SampleDoubts;
import io.github.brainimaging.core.io.internal.dicom.DicomContent;
import io.github.brainimaging.core.io.internal.dicom.HeaderDoubts;
import io.github.brainimaging.core.io.internal.dicom.ScanTags;
import io.github.brainimaging.core.io.internal.dicom.element.Tag;
import io.github.brainimaging.core.io.internal.volume.VolumeHeader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One stack of slices, from one file or many: its geometry is known from the headers, the pixels
 * are read when a volume is asked for. Immutable.
 */
public final class DicomStack {

  /** Below it is rounding. */
  private static final double LEAST_TILT = 0.1;

  /** Where the pixels of a file come from. */
  @FunctionalInterface
  public interface Source {
    /**
     * Reads a file with its pixels.
     *
     * @param file number of the file within {@link DicomStack#files}
     * @return its content
     * @throws IOException if it cannot be read
     */
    DicomContent read(int file) throws IOException;
  }

  private final SliceStack slices;
  private final VolumeGrid grid;
  private final Spacing pixelSpacing;
  private final double sliceThickness;
  private final int channels;
  private final Modality modality;
  private final ScanFacts facts;
  private final List<String> doubts;
  private final double intervalSeconds;

  private final List<Integer> files;

  /** What was guessed in the headers of its files. */
  private final List<String> notes;

  private DicomStack(SliceStack slices, List<DicomContent> headers, List<Integer> files)
      throws IOException {
    DicomContent first = headers.get(files.get(0));
    this.slices = slices;
    this.notes = notes(headers, files);
    this.files = files;
    this.pixelSpacing = slices.plane(0, 0).spacing;
    this.sliceThickness = first.sliceThickness();
    this.grid =
        slices.grid(first.width(), first.height(), pixelSpacing, first.geometry().sliceDistance());
    this.channels = first.channels();
    this.modality = first.modality();
    this.facts = ScanTags.of(first, 0);
    this.doubts = HeaderDoubts.of(first, 0);
    // Of a mosaic, all slices of a time point belong to one repetition.
    double seconds = first.facts(0).decimal(Tag.REPETITION_TIME).orElse(0) / 1000;
    boolean timed = first.isMosaic() && slices.times() > 1 && seconds > 0;
    this.intervalSeconds = timed ? seconds : Double.NaN;
  }

  /**
   * Puts files of one series and size into stacks: slices of different orientation, or of stacks
   * that lie between each other, are never mixed.
   *
   * @param headers their headers, one or more
   * @return one stack or more, in the order of their first files
   * @throws IOException if a header is damaged
   */
  public static List<DicomStack> split(List<DicomContent> headers) throws IOException {
    List<Plane> planes = new ArrayList<>();
    for (int file = 0; file < headers.size(); file++) {
      planes.addAll(Plane.of(headers.get(file), file));
    }
    List<DicomStack> stacks = new ArrayList<>();
    for (StackSplitter.Part part : StackSplitter.split(planes)) {
      List<Integer> files = part.planes().stream().map(p -> p.file).distinct().sorted().toList();
      stacks.add(new DicomStack(part.stack().numberedBy(files), headers, files));
    }
    stacks.sort(Comparator.comparingInt(stack -> stack.files.get(0)));
    return stacks;
  }

  private static List<String> notes(List<DicomContent> headers, List<Integer> files)
      throws IOException {
    Set<String> notes = new LinkedHashSet<>();
    for (int file : files) {
      notes.addAll(headers.get(file).notes());
    }
    return List.copyOf(notes);
  }

  /**
   * The files that it is of, those of duplicates too. {@link Source} numbers them by their places
   * in this list.
   *
   * @return their numbers among the headers, ascending
   */
  public List<Integer> files() {
    return files;
  }

  /**
   * Size and place.
   *
   * @return the grid, of unknown place if the files do not tell it
   */
  public VolumeGrid grid() {
    return grid;
  }

  /**
   * What the first file says of the scan.
   *
   * @return the facts
   */
  public ScanFacts facts() {
    return facts;
  }

  /**
   * The plane of a slice, of the first time point.
   *
   * @param slice 0 to depth - 1
   * @return the plane
   */
  public Plane plane(int slice) {
    return slices.plane(slice, 0);
  }

  /**
   * Distance between pixels; may be known where the place is not.
   *
   * @return mm
   */
  public Spacing pixelSpacing() {
    return pixelSpacing;
  }

  /**
   * Thickness of a slice.
   *
   * @return mm, NaN if it is not told
   */
  public double sliceThickness() {
    return sliceThickness;
  }

  /**
   * How many volumes there are at the same places.
   *
   * @return positive
   */
  public int times() {
    return slices.times();
  }

  /**
   * Frames that were left out because another one lies at the same place.
   *
   * @return 0 or more
   */
  public int duplicates() {
    return slices.duplicates();
  }

  /**
   * Slices that are missing between others.
   *
   * @return 0 or more
   */
  public int missing() {
    return slices.missing();
  }

  /**
   * Whether the slices have equal distances, to 10 %.
   *
   * @return true too if there is only one, or no place is told
   */
  public boolean isEven() {
    return slices.isEven();
  }

  /**
   * Whether the slices have equal distances, to 10 %, and are not moved against each other.
   *
   * @return true too if there is only one, or no place is told
   */
  public boolean isRegular() {
    return isEven() && tiltDegrees() < LEAST_TILT;
  }

  /**
   * What a user should know: a damaged header, an unknown place, duplicates, gaps, uneven
   * distances, tilt.
   *
   * @return sentences without patient data; empty if all is plain
   */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>(doubts);
    if (grid.depth() > 1 && grid.affine().isEmpty()) {
      warnings.add(VolumeHeader.UNKNOWN_PLACE);
    }
    if (duplicates() > 0) {
      warnings.add(duplicates() + " frames lie where another one lies and are left out");
    }
    if (missing() > 0) {
      warnings.add(missing() + " slices are missing");
    } else if (!isEven()) {
      warnings.add("the distances between the slices differ");
    }
    if (tiltDegrees() >= LEAST_TILT) {
      warnings.add(
          String.format(Locale.ROOT, "the gantry is tilted by %.1f degrees", tiltDegrees()));
    }
    warnings.addAll(slices.notes());
    warnings.addAll(notes);
    return List.copyOf(warnings);
  }

  /**
   * The warnings, and how many volumes there are if several.
   *
   * @return sentences without patient data; empty if all is plain
   */
  public List<String> findings() {
    List<String> findings = new ArrayList<>();
    if (times() > 1) {
      findings.add(times() + " volumes lie at the same places");
    }
    findings.addAll(warnings());
    return List.copyOf(findings);
  }

  /**
   * The angle between the normal of the slices and the way from one to the next.
   *
   * @return degrees, 0 to 90
   */
  public double tiltDegrees() {
    return slices.tiltDegrees();
  }

  /**
   * Distance between slices along their normal.
   *
   * @return mm, NaN if it is not known
   */
  public double sliceSpacing() {
    return slices.spacing();
  }

  /**
   * Distances of the slices from the first one along their normal.
   *
   * @return mm, ascending; empty if no place is told
   */
  public double[] offsets() {
    return slices.offsets();
  }

  /**
   * Reads all volumes.
   *
   * @param files where the pixels come from; each is asked for once
   * @return as many as {@link #times()}
   * @throws IOException if a file is damaged, or all together are too large for the heap
   */
  public VolumeSeries read(Source files) throws IOException {
    long voxels = (long) grid.voxels() * channels;
    String found = times() + " volumes of " + grid;
    Heap.require(found, voxels * times(), Float.BYTES);
    if (voxels > 1 << 29) {
      throw new IOException("found " + found + ", more than an array can hold");
    }
    // By file, so that each is read once.
    List<List<int[]>> places = new ArrayList<>();
    for (int z = 0; z < grid.depth(); z++) {
      for (int t = 0; t < times(); t++) {
        Plane plane = slices.plane(z, t);
        while (places.size() <= plane.file) {
          places.add(new ArrayList<>());
        }
        places.get(plane.file).add(new int[] {plane.frame, z, t});
      }
    }
    List<float[]> volumes = new ArrayList<>();
    for (int t = 0; t < times(); t++) {
      volumes.add(new float[(int) voxels]);
    }
    for (int file = 0; file < places.size(); file++) {
      if (!places.get(file).isEmpty()) {
        fill(files.read(file), places.get(file), volumes);
      }
    }
    return new VolumeSeries(
        volumes.stream()
            .map(
                samples ->
                    SampleDoubts.addTo(
                        MedicalVolume.wrap(grid, channels, samples)
                            .withModality(modality)
                            .withFacts(facts)
                            .withWarnings(warnings())))
            .toList(),
        intervalSeconds);
  }

  private void fill(DicomContent content, List<int[]> places, List<float[]> volumes)
      throws IOException {
    int pixels = grid.width() * grid.height();
    if (content.width() != grid.width()
        || content.height() != grid.height()
        || content.channels() != channels) {
      throw new IOException("a file of the series has changed since it was found");
    }
    if (content.segments() > 1) {
      // Their frames share places, but are neither time points nor duplicates.
      throw new IOException(
          "expected one segment, found " + content.segments() + ": read it frame by frame");
    }
    // One frame at a time, but all tiles of a mosaic, which come from one picture.
    int step = content.isMosaic() ? places.size() : 1;
    for (int from = 0; from < places.size(); from += step) {
      List<int[]> some = places.subList(from, from + step);
      List<float[]> frames =
          content.samples(some.stream().map(place -> place[0]).toList(), Long.MAX_VALUE);
      for (int i = 0; i < frames.size(); i++) {
        int z = some.get(i)[1];
        float[] volume = volumes.get(some.get(i)[2]);
        for (int c = 0; c < channels; c++) {
          System.arraycopy(
              frames.get(i), c * pixels, volume, (c * grid.depth() + z) * pixels, pixels);
        }
      }
    }
  }
}
