package io.github.brainimaging.core.io;

import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.core.data.ImageMaskPairs;
import io.github.brainimaging.core.data.MaskReader;
import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeLabels;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.image.VoxelType;
import io.github.brainimaging.core.measure.Lesion;
import io.github.brainimaging.core.privacy.Defacing;
import io.github.brainimaging.core.privacy.Deidentifier;
import io.github.brainimaging.core.testing.OptionContract.Observation;
import io.github.brainimaging.core.testing.OptionContract.Option;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Options of readers and writers. */
public final class FileOptions {

  private FileOptions() {}

  /** All of them, with files in a folder. */
  public static List<Option> all(Path folder) throws IOException {
    return Stream.of(
            readers(folder), masks(folder), nifti(), segmentations(folder), privacy(folder))
        .flatMap(List::stream)
        .toList();
  }

  /** What is read, or why nothing is. */
  private static Object readOrRefused(Observation<Path> reader, Path file) throws Exception {
    try {
      return reader.of(file);
    } catch (ImageFormatException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static List<Option> readers(Path folder) throws IOException {
    MedicalImageReader images = MedicalImageReader.withDefaults();
    MedicalVolumeReader volumes = MedicalVolumeReader.withDefaults();
    Path png = ReferenceImages.file("gray.jpg");
    Path nifti = ReferenceImages.file("nifti/int16-1le.nii");
    Path series = tiltedSeries(folder);
    return List.of(
        Option.of(
            "MedicalImageReader.withMaximumPixels",
            images,
            images.withMaximumPixels(7),
            reader -> readOrRefused(reader::read, png)),
        Option.of(
            "MedicalVolumeReader.withMaximumVoxels",
            volumes,
            volumes.withMaximumVoxels(7),
            reader -> readOrRefused(reader::read, nifti)),
        Option.of(
            "MedicalVolumeReader.withRegularGrid",
            volumes,
            volumes.withRegularGrid(),
            reader -> readOrRefused(reader::read, series)));
  }

  /** A label map of one pixel of each of three labels. */
  private static List<Option> masks(Path folder) throws IOException {
    Path file = folder.resolve("labels.png");
    PngImageWriter.write(
        MedicalImage.ofGray(4, 1, new float[] {0, 1, 2, 3}).withNominalMaximum(255), file);
    MaskReader reader = MaskReader.withDefaults();
    ImageMaskPairs pairs = new ImageMaskPairs(List.of(new ImageMaskPairs.Pair("a", file, file)));
    return List.of(
        Option.of(
            "MaskReader.withLabels",
            reader,
            reader.withLabels(List.of(3)),
            r -> r.read(file).count()),
        Option.of(
            "ImageMaskPairs.withLabels",
            pairs,
            pairs.withLabels(List.of(4)),
            p -> DataSet.ofMasks(p).counts()));
  }

  /** Four slices of 4 x 3 pixels of 2 mm, each a row further back than the one before. */
  static Path tiltedSeries(Path folder) throws IOException {
    Path series = Files.createDirectories(folder.resolve("tilted"));
    for (int z = 0; z < 4; z++) {
      byte[] file =
          DicomBytes.image(DicomBytes.EXPLICIT, 4, 3, 16, false)
              .text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.4")
              .text(0x00080018, "UI", "1.2." + z)
              .text(0x0020000D, "UI", "1.2.840.4712")
              .text(0x00180050, "DS", "3")
              .text(0x00200032, "DS", String.format(Locale.ROOT, "0\\%s\\%s", 2 * z, 2 * z))
              .text(0x00200037, "DS", "1\\0\\0\\0\\1\\0")
              .text(0x00200052, "UI", "1.2.840.4713")
              .text(0x00280030, "DS", "2\\2")
              .words(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
              .file();
      Files.write(series.resolve(z + ".dcm"), file);
    }
    return series;
  }

  private static List<Option> nifti() {
    MedicalVolume volume =
        MedicalVolume.of(VolumeGrid.ofSize(2, 2, 2), new float[] {1, 2, 3, 4, 5, 6, 7, 8});
    Observation<NiftiWriter> written =
        writer -> {
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          writer.write(volume, out);
          return out.toByteArray();
        };
    NiftiWriter writer = NiftiWriter.withDefaults();
    return List.of(
        Option.of("NiftiWriter.withType", writer, writer.withType(VoxelType.FLOAT64), written),
        Option.of("NiftiWriter.withVersion", writer, writer.withVersion(2), written));
  }

  private static List<Option> segmentations(Path folder) throws IOException {
    DicomFile source = DicomFile.open(tiltedSeries(folder).resolve("0.dcm"));
    Mask mask =
        Mask.of(
            4,
            3,
            new boolean[] {
              true, false, false, true, true, true, true, true, true, true, true, true
            });
    DicomSegWriter writer = DicomSegWriter.ofTumor();
    VolumeMask all = VolumeMask.wrap(source.volume().grid(), mask.toArray());
    List<Lesion> sided =
        Lesion.of(all).stream()
            .map(
                l -> DicomLabelsTest.at(l, Optional.of(new Lesion.Midline(Lesion.Side.LEFT, 9, 1))))
            .toList();
    return List.of(
        Option.of(
            "DicomSegWriter.withAlgorithm",
            writer,
            writer.withAlgorithm("another"),
            w -> text(w, mask, source).contains("another")),
        Option.of(
            "DicomSegWriter.withManualCorrection",
            writer,
            writer.withManualCorrection(),
            w -> text(w, mask, source).contains("SEMIAUTOMATIC")),
        Option.of(
            "DicomReportWriter.withNotes",
            DicomReportWriter.of(writer),
            DicomReportWriter.of(writer).withNotes(List.of("a remark")),
            w -> text(w, mask, source).contains("a remark")),
        Option.of(
            "DicomReportWriter.withLabels",
            DicomReportWriter.of(writer),
            DicomReportWriter.of(writer).withLabels(VolumeLabels.of(Map.of("edema", all))),
            w -> text(w, mask, source).contains("Edema")),
        Option.of(
            "DicomReportWriter.withLesions",
            DicomReportWriter.of(writer),
            DicomReportWriter.of(writer).withLesions(sided),
            w -> text(w, mask, source).contains("Laterality")));
  }

  private static List<Option> privacy(Path folder) throws IOException {
    Path source = tiltedSeries(folder).resolve("0.dcm");
    Observation<Deidentifier> copied =
        deidentifier -> {
          Path copy = folder.resolve("copy.dcm");
          Files.deleteIfExists(copy);
          deidentifier.write(source, copy);
          return Files.readAllBytes(copy);
        };
    Deidentifier known = Deidentifier.withDefaults().withKey(new byte[16]);
    float[] samples = new float[125];
    Arrays.fill(samples, 1);
    samples[124] = 0;
    VolumeGrid grid = VolumeGrid.ofSize(5, 5, 5).withAffine(Affine.scaling(4, 4, 4));
    MedicalVolume head = MedicalVolume.of(grid, samples);
    boolean[] middle = new boolean[125];
    middle[62] = true;
    Defacing defacing = Defacing.withDefaults();
    return List.of(
        Option.of("Deidentifier.withPseudonym", known, known.withPseudonym("case-7"), copied),
        Option.of("Deidentifier.withKey", known, known.withKey(new byte[17]), copied),
        Option.of(
            "Defacing.withMarginMm",
            defacing,
            defacing.withMarginMm(20),
            step -> step.apply(head, VolumeMask.wrap(grid, middle)).samples()));
  }

  private static String text(DicomReportWriter writer, Mask mask, DicomFile source)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.write(VolumeMask.wrap(source.volume().grid(), mask.toArray()), source, out);
    return out.toString(StandardCharsets.ISO_8859_1);
  }

  private static String text(DicomSegWriter writer, Mask mask, DicomFile source)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.write(mask, source, out);
    return out.toString(StandardCharsets.ISO_8859_1);
  }
}
