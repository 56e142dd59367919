package io.github.brainimaging.core.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged DICOM files give an image or an {@link ImageFormatException}, nothing else.
 *
 * <p>The number of files is the system property {@code fuzz}, 300 by default; where the data is
 * there, its files are damaged too. With 20,000 files and a heap of 512 MiB:
 *
 * <pre>{@code
 * mvn -pl brain-core test -Dtest=DicomFuzzTest -Dsurefire.argLine="-Xmx512m -Dfuzz=20000"
 * }</pre>
 */
class DicomFuzzTest {

  private static final int[] LIES = {0, 1, 0x7F, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, -1};

  @TempDir private Path folder;

  @Test
  void damagedFilesGiveAnImageOrAnImageFormatException() throws IOException {
    int count = Integer.getInteger("fuzz", 300);
    List<byte[]> files = files(count > 1000);
    List<String> surprises = new ArrayList<>();
    int refused = 0;
    long slowest = 0;
    for (int i = 0; i < count; i++) {
      Random random = new Random(77_003L + i);
      byte[] damaged = damage(files.get(i % files.size()), random);
      Path path = Files.write(folder.resolve("damaged.dcm"), damaged);
      long start = System.nanoTime();
      try {
        DicomFile file = DicomFile.open(path);
        var unused = file.summary() + " " + file.displays(0) + file.frame(0) + file.readAll();
      } catch (ImageFormatException e) {
        refused++;
      } catch (IOException | RuntimeException | Error e) {
        surprises.add("file " + i + ": " + e);
      }
      slowest = Math.max(slowest, (System.nanoTime() - start) / 1_000_000);
    }

    assertThat(surprises).isEmpty();
    assertThat(refused).isBetween(count / 10, count - 1);
    // Not a measure of speed: what takes this long hangs.
    assertThat(slowest).as("slowest in ms").isLessThan(count > 1000 ? 5_000 : 60_000);
  }

  private static List<byte[]> files(boolean withData) throws IOException {
    List<byte[]> files = new ArrayList<>();
    for (String line : DicomFileTest.streams()) {
      String[] f = line.split("\\|", -1);
      DicomBytes bytes =
          DicomBytes.image(
              f[1],
              Integer.parseInt(f[2]),
              Integer.parseInt(f[3]),
              Integer.parseInt(f[5]),
              f[7].equals("1"));
      bytes.us(0x00280002, Integer.parseInt(f[4])).text(0x00280004, "CS", f[8]);
      files.add(bytes.encapsulated(Base64.getDecoder().decode(f[10])));
    }
    for (String syntax : List.of(DicomBytes.IMPLICIT, DicomBytes.DEFLATED, DicomBytes.BIG_ENDIAN)) {
      files.add(DicomBytes.image(syntax, 3, 2, 16, true).words(1, 2, 3, 4, 5, 6).file());
    }
    Path data =
        Path.of(System.getProperty("brain.data", "../../shared/data")).resolve("formats/dicom");
    if (withData && Files.isDirectory(data)) {
      try (Stream<Path> all = Files.walk(data)) {
        for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
          if (Files.size(file) < 400_000 && DicomFile.recognizes(file)) {
            files.add(Files.readAllBytes(file));
          }
        }
      }
    }
    return files;
  }

  private static byte[] damage(byte[] file, Random random) {
    byte[] damaged =
        random.nextInt(5) == 0 ? Arrays.copyOf(file, random.nextInt(file.length)) : file.clone();
    if (damaged.length == 0) {
      return damaged;
    }
    // Half of the damage lies in the header.
    int end = random.nextBoolean() ? damaged.length : Math.min(damaged.length, 1500);
    for (int i = random.nextInt(8); i >= 0; i--) {
      int at = random.nextInt(end);
      if (random.nextBoolean()) {
        damaged[at] ^= (byte) (1 << random.nextInt(8));
      } else {
        int lie = LIES[random.nextInt(LIES.length)];
        int length = random.nextBoolean() ? 2 : 4;
        for (int k = 0; k < length && at + k < damaged.length; k++) {
          damaged[at + k] = (byte) (lie >> (8 * k));
        }
      }
    }
    return damaged;
  }
}
