package io.github.brainimaging.core.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.MedicalVolume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** A folder of small DICOM files, for tests. */
final class VendorFolder {

  private final Path folder;

  VendorFolder(Path folder) {
    this.folder = folder;
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  void write(String name, DicomBytes file) throws IOException {
    Files.write(path(name), file.file());
  }

  DicomFolder scan() throws IOException {
    return DicomFolder.scan(folder);
  }

  /** The one series; nothing was refused. */
  DicomSeries only() throws IOException {
    DicomFolder found = scan();
    assertThat(found.refused()).isEmpty();
    assertThat(found.series()).hasSize(1);
    return found.series().get(0);
  }

  /** What the first pixel of each slice holds. */
  static List<Integer> values(MedicalVolume volume) {
    return IntStream.range(0, volume.depth()).mapToObj(z -> (int) volume.get(0, 0, z)).toList();
  }
}
