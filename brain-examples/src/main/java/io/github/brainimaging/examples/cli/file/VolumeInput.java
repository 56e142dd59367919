package io.github.brainimaging.examples.cli.file;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.io.DicomFile;
import io.github.brainimaging.core.io.DicomFolder;
import io.github.brainimaging.core.io.DicomSeries;
import io.github.brainimaging.core.io.ImageFormatException;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.io.NiftiFile;
import io.github.brainimaging.core.pipeline.NamedInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A volume among the inputs: a NIfTI, NRRD or other volume file of several slices, a DICOM file of
 * several frames, or a series of DICOM files in a folder that was given.
 *
 * @param name that of the file, or of the folder of the series, with the number that {@code info}
 *     gives it where there are several
 * @param below the file, or the first one of the series, relative to the folder that was given
 * @param files the file or the files of the series
 * @param series its number among those of the folder, as {@code info} counts them; -1 of a file
 * @param source reads it
 * @param dicom opens it for results that are written as DICOM; null if it is no DICOM
 */
public record VolumeInput(
    String name,
    String below,
    List<Path> files,
    int series,
    Source source,
    DicomFiles.@Nullable Origin dicom)
    implements NamedInput<MedicalVolume> {

  @Override
  public MedicalVolume read() throws IOException {
    return source.read();
  }

  /** Reads a volume when it is its turn. */
  @FunctionalInterface
  public interface Source {
    MedicalVolume read() throws IOException;
  }

  /**
   * Takes the volumes out of the inputs, and out of folders what a scanner sends along with them,
   * such as the scout, reports and segmentations.
   *
   * @param paths what was given
   * @param inputs the files found there; those that belong to a volume are removed
   * @param index which volume of files and series that hold several; null refuses them
   * @param leftOut told of what is passed over
   */
  public static List<VolumeInput> takeFrom(
      List<Path> paths, List<Input> inputs, @Nullable Integer index, LeftOut leftOut)
      throws IOException {
    List<VolumeInput> volumes = new ArrayList<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        takeSeries(path, inputs, index, volumes, leftOut);
      }
    }
    for (Input input : List.copyOf(inputs)) {
      if (isVolume(input.file()) && inputs.remove(input)) {
        volumes.add(ofFile(input, index));
      }
    }
    return volumes;
  }

  private static VolumeInput ofFile(Input input, @Nullable Integer index) throws IOException {
    Path source = input.file();
    return new VolumeInput(
        input.name(),
        input.below(),
        List.of(source),
        -1,
        () ->
            index == null
                ? MedicalVolumeReader.withDefaults().read(source)
                : MedicalVolumeReader.withDefaults().read(source, index),
        DicomFile.recognizes(source) ? () -> DicomFile.open(source) : null);
  }

  /** A file of a series is called 01.dcm; what people call it is the folder. */
  private static String seriesName(Path folder, Input first, int number, int count) {
    int slash = first.name().lastIndexOf('/');
    String parent = slash < 0 ? Input.title(List.of(folder)) : first.name().substring(0, slash);
    return count == 1 ? parent : parent + " series " + number;
  }

  private static VolumeInput ofSeries(
      String name, Input first, int number, DicomSeries series, @Nullable Integer index) {
    return new VolumeInput(
        name, first.below(), series.files(), number, () -> read(series, index), () -> series);
  }

  private static MedicalVolume read(DicomSeries series, @Nullable Integer index)
      throws IOException {
    if (index == null) {
      return series.read();
    }
    if (index >= series.times()) {
      throw new ImageFormatException(
          "expected a volume from 0 to " + (series.times() - 1) + ", got " + index);
    }
    return series.readAll().volumes().get(index);
  }

  private static void takeSeries(
      Path folder,
      List<Input> inputs,
      @Nullable Integer index,
      List<VolumeInput> volumes,
      LeftOut leftOut)
      throws IOException {
    Map<Path, Input> dicom = new HashMap<>();
    for (Input input : inputs) {
      if (input.file().startsWith(folder) && isDicom(input.file())) {
        dicom.put(input.file().toRealPath(), input);
      }
    }
    if (dicom.isEmpty()) {
      return;
    }
    DicomFolder found = DicomFolder.scan(folder.toRealPath());
    boolean study = found.series().stream().anyMatch(VolumeInput::isScan);
    for (DicomSeries series : found.series()) {
      Input first = dicom.get(series.files().get(0));
      if (series.summary().modality().equals("SEG")) {
        leftOut.take(series.files(), dicom, inputs, "a segmentation, no image");
      } else if (series.isParametricMap()) {
        leftOut.take(series.files(), dicom, inputs, "a map of computed values, no image");
      } else if (study && series.isCapture()) {
        leftOut.take(series.files(), dicom, inputs, "a picture of a screen");
      } else if (isScan(series) && first != null) {
        int number = found.series().indexOf(series);
        String name = seriesName(folder, first, number, found.series().size());
        boolean taken = volumes.stream().anyMatch(volume -> volume.name().equals(name));
        volumes.add(ofSeries(taken ? first.name() : name, first, number, series, index));
        series.files().forEach(file -> inputs.remove(dicom.get(file)));
      }
    }
    List<Path> aside = new ArrayList<>(found.others());
    aside.addAll(found.localizers());
    long within = inputs.stream().filter(input -> input.file().startsWith(folder)).count();
    long named = aside.stream().filter(dicom::containsKey).count();
    if (!found.series().isEmpty() || within > named) {
      // What a scanner sends along with a study: reports, presentation states, the scout. Alone,
      // they are what is meant.
      leftOut.take(found.others(), dicom, inputs, LeftOut.NO_PIXELS);
      leftOut.take(found.localizers(), dicom, inputs, "a localizer");
    }
  }

  /** Several slices of a patient: several files, or one of several frames. */
  private static boolean isScan(DicomSeries series) {
    boolean stored = series.summary().modality().equals("SEG") || series.isParametricMap();
    return !stored
        && !series.isCapture()
        && (series.files().size() > 1 || series.grid().depth() > 1);
  }

  private static boolean isDicom(Path file) {
    try {
      return Files.isRegularFile(file) && DicomFile.recognizes(file);
    } catch (IOException e) {
      return false; // Reading it as an image will say why it cannot be opened.
    }
  }

  /** Whether a file is of several slices; not if it cannot be opened. */
  public static boolean isVolume(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        return false;
      }
      if (DicomFile.recognizes(file)) {
        return DicomFile.open(file).summary().frames() > 1;
      }
      if (NiftiFile.recognizes(file)) {
        return NiftiFile.open(file).grid().depth() > 1;
      }
      // One of a single slice is an image too.
      return MedicalVolumeReader.recognizes(file) && !MedicalImageReader.recognizes(file);
    } catch (IOException e) {
      return false; // Reading it as an image will say what is wrong with it.
    }
  }
}
