package io.github.brainimaging.examples.cli.command;

import io.github.brainimaging.core.geometry.AnatomicalPlane;
import io.github.brainimaging.core.geometry.Reorient;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeSeries;
import io.github.brainimaging.core.io.DicomFile;
import io.github.brainimaging.core.io.DicomFolder;
import io.github.brainimaging.core.io.DicomSeries;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.io.NiftiWriter;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.core.transform.intensity.DisplayWindow;
import io.github.brainimaging.core.work.Workers;
import io.github.brainimaging.examples.cli.file.PictureFile;
import io.github.brainimaging.examples.cli.file.Terminal;
import io.github.brainimaging.examples.cli.option.JobsOption;
import io.github.brainimaging.examples.cli.option.Numbers;
import io.github.brainimaging.examples.cli.option.WindowOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a volume in another form. */
@Command(
    name = "convert",
    mixinStandardHelpOptions = true,
    description = "Writes a volume as NIfTI or NRRD, or as a folder of PNG slices.")
public final class ConvertCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(
      paramLabel = "INPUT",
      description =
          "A volume: a NIfTI, NRRD, MetaImage, MGH, Analyze or DICOM file, or a folder of DICOM"
              + " files.")
  private Path input = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE|DIR",
      description =
          "A file that ends with .nii, .nii.gz, .hdr, .img or .nrrd; any other name is a folder for"
              + " PNG slices.")
  private Path out = Path.of("");

  @Option(
      names = "--volume",
      converter = Numbers.NotNegative.class,
      paramLabel = "N",
      description = "Only one volume of a series, counted from 0 (default: all).")
  private @Nullable Integer index;

  @Option(
      names = "--series",
      converter = Numbers.NotNegative.class,
      paramLabel = "N",
      description =
          "Which DICOM series of a folder, or of a file of several stacks, as info counts them,"
              + " from 0.")
  private @Nullable Integer seriesIndex;

  @Option(
      names = "--plane",
      paramLabel = "axial|coronal|sagittal",
      description =
          "PNG: the plane of the slices, shown as radiologists do (default: axial; the slices as"
              + " they are stored where the file does not tell how they lie).")
  private @Nullable AnatomicalPlane plane;

  @Mixin private final WindowOptions windows = new WindowOptions();

  @Mixin private final JobsOption jobs = new JobsOption();

  @Override
  public Integer call() throws IOException {
    DisplayWindow window = windows.window(spec);
    String name = out.getFileName().toString().toLowerCase(Locale.ROOT);
    // A folder for slices may have a dot in its name, but not the ending of a picture.
    if (name.matches("(?s).*\\.(png|jpe?g|tiff?|bmp|gif|dcm|webp|mha|mhd|nhdr|mgh|mgz)")) {
      throw new ParameterException(
          spec.commandLine(),
          "--out must end with .nii, .nii.gz, .hdr, .img or .nrrd, or name a folder for PNG slices,"
              + " got "
              + out);
    }
    PictureFile.requireOther(spec.commandLine(), "--out", out, input);
    VolumeSeries series = read();
    if (index != null) {
      int count = series.volumes().size();
      if (index < 0 || index >= count) {
        throw new ParameterException(
            spec.commandLine(), "--volume must be 0 to " + (count - 1) + ", got " + index);
      }
      series = new VolumeSeries(List.of(series.volumes().get(index)), Double.NaN);
    }
    if (name.matches("(?s).*\\.(nii|nii\\.gz|hdr|img|nrrd)")) {
      NiftiWriter.withDefaults().write(series, out);
      spec.commandLine().getOut().println("wrote " + out);
    } else {
      spec.commandLine()
          .getOut()
          .println("wrote " + Terminal.count(writeSlices(series, window), "slice") + " to " + out);
    }
    spec.commandLine().getOut().flush();
    return 0;
  }

  private VolumeSeries read() throws IOException {
    if (!Files.isDirectory(input) && !(seriesIndex != null && DicomFile.recognizes(input))) {
      VolumeSeries series = MedicalVolumeReader.withDefaults().readSeries(input);
      series.volumes().get(0).warnings().forEach(this::note);
      return series;
    }
    DicomFolder folder = DicomFolder.scan(input);
    List<DicomSeries> found = folder.series();
    if (found.isEmpty()) {
      throw new NoSuchFileException(input.toString(), null, whyEmpty(folder));
    }
    folder.refused().forEach((file, reason) -> note(file + ": " + reason));
    if (seriesIndex == null ? found.size() > 1 : seriesIndex < 0 || seriesIndex >= found.size()) {
      throw new ParameterException(
          spec.commandLine(),
          "--series must be 0 to %d for this input, got %s: see info %s"
              .formatted(found.size() - 1, Objects.requireNonNullElse(seriesIndex, "none"), input));
    }
    DicomSeries chosen = found.get(seriesIndex == null ? 0 : seriesIndex);
    chosen.findings().forEach(this::note);
    return chosen.readAll();
  }

  private void note(String text) {
    spec.commandLine().getErr().println("note: " + Terminal.plain(text));
  }

  private static String whyEmpty(DicomFolder folder) {
    if (!folder.refused().isEmpty()) {
      Map.Entry<Path, String> first = folder.refused().entrySet().iterator().next();
      return String.format(
          Locale.ROOT,
          "no DICOM image in this folder can be read; the first of %d that were refused: %s: %s",
          folder.refused().size(),
          first.getKey(),
          first.getValue());
    }
    return folder.localizers().isEmpty()
        ? "no DICOM image in this folder; single pictures such as PNG and JPEG are not stacked, since"
            + " nothing tells their distance"
        : "only localizers in this folder, " + folder.localizers().size() + ": name one as a file";
  }

  private int writeSlices(VolumeSeries series, @Nullable DisplayWindow chosen) throws IOException {
    int written = 0;
    int count = series.volumes().size();
    for (int t = 0; t < count; t++) {
      MedicalVolume volume = series.volumes().get(t);
      MedicalVolume turned = turned(volume);
      DisplayWindow window =
          chosen == null ? DisplayWindow.ofPercentiles(turned.samples()) : chosen;
      String prefix = count == 1 ? "" : String.format(Locale.ROOT, "%04d-", t);
      try (Workers<Path> writing = new Workers<>(jobs.count())) {
        for (int i = 0; i < turned.depth(); i++) {
          int z = i;
          if (writing.isFull()) {
            Path unused = writing.next();
          }
          Path file = out.resolve(String.format(Locale.ROOT, "%s%04d.png", prefix, z));
          writing.submit(() -> writeSlice(turned.slice(z), window, file));
        }
        while (!writing.isIdle()) {
          Path unused = writing.next();
        }
      }
      written += turned.depth();
    }
    return written;
  }

  private static Path writeSlice(MedicalImage slice, DisplayWindow window, Path file)
      throws IOException {
    if (slice.channels() == 3) {
      PngImageWriter.write(slice, file);
    } else {
      PngImageWriter.write(slice, window, file);
    }
    return file;
  }

  private MedicalVolume turned(MedicalVolume volume) {
    if (volume.affine().isEmpty() && plane == null) {
      return volume;
    }
    if (volume.affine().isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--plane: the file does not tell how its slices lie");
    }
    return Reorient.to(plane == null ? AnatomicalPlane.AXIAL : plane).apply(volume);
  }
}
