package io.github.brainimaging.examples.quickstart;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.io.DicomFolder;
import io.github.brainimaging.core.io.DicomSeries;
import io.github.brainimaging.core.io.NiftiWriter;
import java.io.IOException;
import java.nio.file.Path;

/** Tells what a folder of DICOM files holds and writes its series as NIfTI. */
public final class ReadDicomSeries {

  private ReadDicomSeries() {}

  /**
   * Prints the series and what was left out, with the reasons.
   *
   * @param arguments the folder with the DICOM files, and the one to write to
   * @throws IOException if a file cannot be read or written
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 2) {
      System.err.println("usage: ReadDicomSeries FOLDER OUT");
      return;
    }
    DicomFolder folder = DicomFolder.scan(Path.of(arguments[0]));
    int number = 0;
    for (DicomSeries series : folder.series()) {
      System.out.println(series); // with what is doubtful, such as missing slices
      if (series.times() == 1) {
        MedicalVolume volume = series.read();
        Path file = Path.of(arguments[1], "series-" + number++ + ".nii.gz");
        NiftiWriter.withDefaults().write(volume, file);
        System.out.println(file + ": " + volume);
      }
    }
    folder.localizers().forEach(file -> System.out.println("localizer: " + file));
    folder.refused().forEach((file, why) -> System.out.println("refused: " + file + ": " + why));
  }
}
