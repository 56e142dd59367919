package io.github.brainimaging.core.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged DICOM files give an image or an {@link ImageFormatException}, nothing else.
 *
 * <p>The number of files is the system property {@code fuzz}, 300 by default, that of the seed
 * {@code fuzz.seed}; where the data is there, its files are damaged too. With 20,000 files and a
 * heap of 512 MiB:
 *
 * <pre>{@code
 * mvn -pl brain-core test -Dtest=DicomFuzzTest -Dsurefire.argLine="-Xmx512m -Dfuzz=20000"
 * }</pre>
 */
class DicomFuzzTest {

  private static final int[] LIES = {0, 1, 0x7F, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, -1};

  @TempDir private Path folder;

  private static Random random(int number) {
    return new Random(Long.getLong("fuzz.seed", 1) * 1_000_003 + number);
  }

  @Test
  void damagedFilesGiveAnImageOrAnImageFormatException() throws IOException {
    int count = Integer.getInteger("fuzz", 300);
    List<byte[]> files = files(count > 1000);
    List<String> surprises = new ArrayList<>();
    int refused = 0;
    long slowest = 0;
    for (int i = 0; i < count; i++) {
      Random random = random(i);
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

  /** No file of a damaged series is lost: it is in a series, or said not to be. */
  @Test
  void aSeriesWithDamagedFilesGivesVolumesOrReasons() throws IOException {
    int count = Integer.getInteger("fuzz", 300) / 3;
    List<List<byte[]>> sets = series();
    List<String> surprises = new ArrayList<>();
    int volumes = 0;
    int refused = 0;
    long slowest = 0;
    for (int i = 0; i < count; i++) {
      Random random = random(i);
      Path place = Files.createDirectories(folder.resolve("series" + i % sets.size()));
      List<byte[]> set = new ArrayList<>(sets.get(i % sets.size()));
      for (int k = random.nextInt(3); k >= 0; k--) {
        int hit = random.nextInt(set.size());
        set.set(
            hit,
            random.nextBoolean() ? damage(set.get(hit), random) : misprint(set.get(hit), random));
      }
      for (int k = 0; k < set.size(); k++) {
        Files.write(place.resolve("slice" + k), set.get(k));
      }
      long start = System.nanoTime();
      try {
        DicomFolder found = DicomFolder.scan(place);
        Set<Path> told = new HashSet<>(found.others());
        told.addAll(found.localizers());
        told.addAll(found.refused().keySet());
        refused += found.refused().size();
        for (DicomSeries one : found.series()) {
          told.addAll(one.files());
          volumes += volumes(one);
        }
        if (told.size() != set.size()) {
          surprises.add("series " + i + ": " + told.size() + " of " + set.size() + " files told");
        }
      } catch (IOException | RuntimeException | Error e) {
        surprises.add("series " + i + ": " + e);
      }
      slowest = Math.max(slowest, (System.nanoTime() - start) / 1_000_000);
    }

    assertThat(surprises).isEmpty();
    assertThat(volumes).isGreaterThan(count / 2);
    assertThat(refused).isGreaterThan(count / 10);
    assertThat(slowest).as("slowest in ms").isLessThan(60_000);
  }

  private static int volumes(DicomSeries series) throws IOException {
    try {
      var unused = series.summary() + " " + series.findings() + series.facts() + series.grid();
      return series.readAll().volumes().size();
    } catch (ImageFormatException e) {
      return 0;
    }
  }

  /** Slices at two echo times, repetitions, and frames of two stacks in one file. */
  private static List<List<byte[]>> series() {
    List<byte[]> echoes = new ArrayList<>();
    List<byte[]> times = new ArrayList<>();
    DicomBytes[] frames = new DicomBytes[8];
    for (int i = 0; i < 8; i++) {
      int z = i / 2;
      DicomBytes slice =
          VendorFiles.slice(i + 1, 3 * z, i).text(0x00180081, "DS", "" + (20 + 60 * (i % 2)));
      echoes.add(slice.file());
      times.add(VendorFiles.slice(i + 1, 3 * z, i).text(0x00200100, "IS", "" + (1 + i % 2)).file());
      String stack = "" + i % 2;
      String place = "0\\0\\" + (3 * z + 40 * (i % 2));
      frames[i] = VendorFiles.frame(place, VendorFiles.AXIAL, stack, i % 2 + 1, z + 1);
    }
    byte[] enhanced = VendorFiles.enhanced(new int[8], frames).file();
    return List.of(echoes, times, List.of(enhanced), List.of(enhanced, echoes.get(0)));
  }

  /** Another character in the place of a digit. */
  private static byte[] misprint(byte[] file, Random random) {
    byte[] damaged = file.clone();
    int[] digits =
        IntStream.range(0, file.length).filter(i -> file[i] >= '0' && file[i] <= '9').toArray();
    if (digits.length > 0) {
      int at = digits[random.nextInt(digits.length)];
      damaged[at] = (byte) "0123456789-.,eE\\ ".charAt(random.nextInt(17));
    }
    return damaged;
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
