package io.github.brainimaging.core.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged NRRD, MetaImage, MGH and Analyze files give volumes or an exception that names the file,
 * nothing else.
 *
 * <p>The number of files is the system property {@code fuzz}, 900 by default, that of the seed
 * {@code fuzz.seed}. With 20,000 files and a heap of 512 MiB:
 *
 * <pre>{@code
 * mvn -pl brain-core test -Dtest=VolumeFuzzTest -Dsurefire.argLine="-Xmx512m -Dfuzz=20000"
 * }</pre>
 */
class VolumeFuzzTest {

  private static final Path FILES = ReferenceImages.file("volumes");
  private static final int LONGEST_HEADER = 400;
  private static final Pattern NUMBERS = Pattern.compile("-?\\d+(\\.\\d+)?");
  private static final List<String> LIES =
      List.of(
          "0",
          "-1",
          "1",
          "2",
          "7",
          "65536",
          "2147483647",
          "2147483648",
          "99999999999999999999",
          "1e300",
          "-1e-300",
          "nan",
          "inf",
          "",
          "1 1",
          "x",
          "../secret",
          "%d");

  @TempDir private Path folder;

  /** How many were read, by the file that was damaged. */
  private final Map<String, Integer> read = new TreeMap<>();

  private int refused;
  private final List<String> surprises = new ArrayList<>();

  @Test
  void damageGivesVolumesOrAnExceptionThatNamesTheFile() throws IOException {
    int count = Integer.getInteger("fuzz", 900);
    long seed = Long.getLong("fuzz.seed", 1);
    List<Path> files;
    try (Stream<Path> all = Files.list(FILES)) {
      files =
          all.filter(f -> f.toString().matches(".*\\.(nhdr|nrrd|mh[ad]|mg[hz]|hdr)"))
              .sorted()
              .toList();
    }
    for (String image : List.of("spm.img", "big.img.gz", "detached.raw", "meta.zraw")) {
      Files.copy(FILES.resolve(image), folder.resolve(image));
    }
    long slowest = 0;
    for (int i = 0; i < count; i++) {
      Path file = files.get(i % files.size());
      byte[] damaged = damage(Files.readAllBytes(file), new Random(seed * 1_000_003 + i));
      Path path = Files.write(folder.resolve(file.getFileName()), damaged);
      long start = System.nanoTime();
      readOrRefuse(path, i);
      slowest = Math.max(slowest, (System.nanoTime() - start) / 1_000_000);
    }

    assertThat(surprises).isEmpty();
    assertThat(read.keySet())
        .hasSize(files.size())
        .allMatch(name -> read.getOrDefault(name, 0) > count / files.size() / 20);
    assertThat(refused).isGreaterThan(count / 4);
    // Not a measure of speed: what takes this long hangs.
    assertThat(slowest).as("slowest in ms").isLessThan(60_000);
  }

  private void readOrRefuse(Path path, int number) throws IOException {
    String name = path.getFileName().toString();
    try {
      if (MedicalVolumeReader.withDefaults().readSeries(path).volumes().isEmpty()) {
        surprises.add(name + "#" + number + " has no volume");
      }
      read.merge(name, 1, Integer::sum);
    } catch (ImageFormatException | NoSuchFileException e) {
      refused++;
      String said = String.valueOf(e.getMessage());
      // A missing file of voxels is named itself, in the folder of the header.
      if (!said.contains(name) && !said.contains(folder + File.separator)) {
        surprises.add(name + "#" + number + " is not named: " + e);
      }
    } catch (IOException | RuntimeException | Error e) {
      surprises.add(name + "#" + number + ": " + e);
    }
  }

  /** Damages the file itself, or what is in the gzip file. */
  private static byte[] damage(byte[] file, Random random) throws IOException {
    if (!GzipDamage.isGzip(file) || random.nextInt(4) == 0) {
      return damageContent(file, random);
    }
    return GzipDamage.inside(file, content -> damageContent(content, random));
  }

  private static byte[] damageContent(byte[] file, Random random) {
    byte[] damaged = file;
    for (int i = random.nextInt(4); i >= 0; i--) {
      damaged =
          switch (random.nextInt(8)) {
            case 0 -> Arrays.copyOf(damaged, random.nextInt(damaged.length + 1));
            case 1, 2, 3 -> lie(damaged, random);
            case 4 -> withoutALine(damaged, random);
            default -> withOtherBytes(damaged, random);
          };
    }
    return damaged;
  }

  private static byte[] withOtherBytes(byte[] file, Random random) {
    byte[] damaged = file.clone();
    for (int k = random.nextInt(8); k >= 0 && damaged.length > 0; k--) {
      damaged[random.nextInt(Math.min(LONGEST_HEADER, damaged.length))] =
          (byte) random.nextInt(256);
    }
    return damaged;
  }

  /** Puts another number, or none, in the place of one that the header tells. */
  private static byte[] lie(byte[] file, Random random) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    List<MatchResult> numbers =
        NUMBERS.matcher(text).results().filter(n -> n.end() < LONGEST_HEADER).toList();
    if (numbers.isEmpty()) {
      return withOtherBytes(file, random);
    }
    MatchResult number = numbers.get(random.nextInt(numbers.size()));
    String lie = LIES.get(random.nextInt(LIES.size()));
    return (text.substring(0, number.start()) + lie + text.substring(number.end()))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] withoutALine(byte[] file, Random random) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    int start = text.indexOf('\n', random.nextInt(text.length() + 1));
    int end = text.indexOf('\n', start + 1);
    return start < 0 || end < 0
        ? file
        : (text.substring(0, start) + text.substring(end)).getBytes(StandardCharsets.ISO_8859_1);
  }
}
