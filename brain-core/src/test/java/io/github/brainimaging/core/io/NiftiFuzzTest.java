package io.github.brainimaging.core.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.VolumeSeries;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged NIfTI files give volumes or an {@link ImageFormatException}, nothing else.
 *
 * <p>The number of files is the system property {@code fuzz}, 600 by default, that of the seed
 * {@code fuzz.seed}. With 20,000 files and a heap of 512 MiB:
 *
 * <pre>{@code
 * mvn -pl brain-core test -Dtest=NiftiFuzzTest -Dsurefire.argLine="-Xmx512m -Dfuzz=20000"
 * }</pre>
 */
class NiftiFuzzTest {

  private static final long[] LIES = {
    0, 1, 2, 7, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000L, 0x7F800000L, 0x7FC00000L, -1
  };

  @Test
  void damagedFilesGiveVolumesOrAnImageFormatException(@TempDir Path folder) throws IOException {
    int count = Integer.getInteger("fuzz", 600);
    Outcome outcome = run(folder, count, Long.getLong("fuzz.seed", 1));

    assertThat(outcome.surprises).isEmpty();
    assertThat(outcome.refused).isGreaterThan(count / 4);
    assertThat(outcome.read).isGreaterThan(count / 10);
    assertThat(outcome.images).isGreaterThan(count / 300);
    assertThat(outcome.refusedImages).isGreaterThan(count / 4);
    // Not a measure of speed: what takes this long hangs.
    assertThat(outcome.slowestMillis).as(outcome.slowest).isLessThan(60_000);
  }

  private static final class Outcome {
    private int read;
    private int refused;
    private int images;
    private int refusedImages;
    private long slowestMillis;
    private String slowest = "";
    private final List<String> surprises = new ArrayList<>();
  }

  private static Outcome run(Path folder, int count, long seed) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(ReferenceImages.file("nifti"))) {
      files = all.filter(f -> f.toString().matches(".*\\.(nii|nii\\.gz)")).sorted().toList();
    }
    Outcome outcome = new Outcome();
    for (int i = 0; i < count; i++) {
      Path file = files.get(i % files.size());
      byte[] damaged = damage(Files.readAllBytes(file), new Random(seed * 1_000_003 + i));
      String name = file.getFileName() + "#" + i;
      Path path = Files.write(folder.resolve("damaged"), damaged);
      long start = System.nanoTime();
      try {
        VolumeSeries series = MedicalVolumeReader.withDefaults().readSeries(path);
        outcome.read += series.volumes().isEmpty() ? 0 : 1;
      } catch (ImageFormatException e) {
        outcome.refused++;
      } catch (Exception | Error e) {
        outcome.surprises.add(name + ": " + e);
      }
      readAsImage(damaged, name, outcome);
      long millis = (System.nanoTime() - start) / 1_000_000;
      if (millis > outcome.slowestMillis) {
        outcome.slowestMillis = millis;
        outcome.slowest = name;
      }
    }
    return outcome;
  }

  private static void readAsImage(byte[] file, String name, Outcome outcome) {
    try {
      MedicalImage image =
          MedicalImageReader.withDefaults().read(new ByteArrayInputStream(file), name);
      outcome.images += image.width() > 0 ? 1 : 0;
    } catch (ImageFormatException e) {
      outcome.refusedImages++;
    } catch (Exception | Error e) {
      outcome.surprises.add(name + " as an image: " + e);
    }
  }

  /** Damages the file itself, or what is in the gzip file. */
  private static byte[] damage(byte[] file, Random random) throws IOException {
    if (!GzipDamage.isGzip(file)) {
      return damageContent(file, random);
    }
    if (random.nextInt(3) == 0) {
      return damageBytes(file, random);
    }
    return GzipDamage.inside(file, content -> damageContent(content, random));
  }

  private static byte[] damageContent(byte[] file, Random random) {
    return random.nextInt(3) == 0 ? damageBytes(file, random) : lie(file.clone(), random);
  }

  private static byte[] damageBytes(byte[] file, Random random) {
    if (random.nextBoolean()) {
      return Arrays.copyOf(file, random.nextInt(file.length));
    }
    byte[] damaged = file.clone();
    int flips = 1 + random.nextInt(10);
    for (int i = 0; i < flips; i++) {
      damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return damaged;
  }

  /** Overwrites fields of the header: sizes, type, place of the voxels, scaling, geometry. */
  private static byte[] lie(byte[] file, Random random) {
    ByteBuffer bytes =
        ByteBuffer.wrap(file)
            .order(random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    boolean first = file[0] != 0x1C && file[3] != 0x1C;
    int lies = 1 + random.nextInt(3);
    for (int i = 0; i < lies; i++) {
      long value = LIES[random.nextInt(LIES.length)];
      switch (random.nextInt(5)) {
        case 0 -> put(bytes, first ? 40 : 16, 8, first ? 2 : 8, value, random);
        case 1 -> put(bytes, first ? 70 : 12, 2, 2, value, random);
        case 2 -> put(bytes, first ? 108 : 168, 3, first ? 4 : 8, value, random);
        case 3 -> put(bytes, first ? 76 : 104, 8, first ? 4 : 8, value, random);
        default -> put(bytes, first ? 252 : 344, 40, first ? 2 : 4, value, random);
      }
    }
    return file;
  }

  private static void put(
      ByteBuffer bytes, int start, int fields, int size, long value, Random random) {
    int at = start + size * random.nextInt(fields);
    switch (size) {
      case 2 -> bytes.putShort(at, (short) value);
      case 4 -> bytes.putInt(at, (int) value);
      default -> bytes.putLong(at, random.nextBoolean() ? value : value << 32);
    }
  }
}
