package io.github.brainimaging.core.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.MedicalImage;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/**
 * Damaged files of all formats give an image or an {@link ImageFormatException}, nothing else.
 *
 * <p>The number of files is the system property {@code fuzz}, 600 by default, that of the seed
 * {@code fuzz.seed}. With 20,000 files and a heap of 512 MiB:
 *
 * <pre>{@code
 * mvn -pl brain-core test -Dtest=ImageFuzzTest -Dsurefire.argLine="-Xmx512m -Dfuzz=20000"
 * }</pre>
 */
class ImageFuzzTest {

  private static final int[] LIES = {0, 1, 0x7F, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, -1};

  @Test
  void damagedFilesGiveAnImageOrAnImageFormatException() throws Exception {
    int count = Integer.getInteger("fuzz", 600);
    Outcome outcome = run(ReferenceImages.folder(), count, Long.getLong("fuzz.seed", 1));

    assertThat(outcome.surprises).isEmpty();
    assertThat(outcome.refused).isGreaterThan(count / 2);
    assertThat(outcome.read).isGreaterThan(count / 60);
    // Not a measure of speed: what takes this long hangs.
    assertThat(outcome.slowestMillis).as(outcome.slowest).isLessThan(60_000);
  }

  private static final class Outcome {
    private int read;
    private int refused;
    private long slowestMillis;
    private String slowest = "";
    private final List<String> surprises = new ArrayList<>();
  }

  private static Outcome run(Path folder, int count, long seed) throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(ReferenceImages::isImage).sorted().toList();
    }
    Outcome outcome = new Outcome();
    MedicalImageReader reader = MedicalImageReader.withDefaults();
    for (int i = 0; i < count; i++) {
      Path file = files.get(i % files.size());
      byte[] damaged = damage(Files.readAllBytes(file), new Random(seed * 1_000_003 + i));
      String name = file.getFileName() + "#" + i;
      long start = System.nanoTime();
      try {
        MedicalImage image = reader.read(new ByteArrayInputStream(damaged), name);
        outcome.read += image.width() > 0 ? 1 : 0;
      } catch (ImageFormatException e) {
        outcome.refused++;
      } catch (Exception | Error e) {
        outcome.surprises.add(name + ": " + e);
      }
      long millis = (System.nanoTime() - start) / 1_000_000;
      if (millis > outcome.slowestMillis) {
        outcome.slowestMillis = millis;
        outcome.slowest = name;
      }
    }
    return outcome;
  }

  private static byte[] damage(byte[] file, Random random) {
    byte[] damaged = file.clone();
    switch (random.nextInt(4)) {
      case 0 -> damaged = Arrays.copyOf(file, random.nextInt(file.length));
      case 1 -> flipBits(damaged, damaged.length, random);
      case 2 -> flipBits(damaged, Math.min(damaged.length, 200), random);
      default -> lie(damaged, random);
    }
    // Half of the PNG files get right checksums again, or no damage would get past them.
    if (random.nextBoolean()) {
      repairChecksums(damaged);
    }
    return damaged;
  }

  private static void flipBits(byte[] file, int end, Random random) {
    int flips = 1 + random.nextInt(10);
    for (int i = 0; i < flips; i++) {
      file[random.nextInt(end)] ^= (byte) (1 << random.nextInt(8));
    }
  }

  /** Overwrites 2 or 4 bytes near a place where the formats keep sizes, or anywhere. */
  private static void lie(byte[] file, Random random) {
    int lies = 1 + random.nextInt(3);
    for (int i = 0; i < lies; i++) {
      int value = LIES[random.nextInt(LIES.length)];
      int offset = random.nextBoolean() ? sizeOffset(file, random) : random.nextInt(file.length);
      int length = random.nextBoolean() ? 2 : 4;
      for (int k = 0; k < length && offset + k < file.length; k++) {
        file[offset + k] = (byte) (value >> (8 * k));
      }
    }
  }

  private static int sizeOffset(byte[] file, Random random) {
    return switch (file[0]) {
      case 'B' -> 10 + 4 * random.nextInt(10);
      case (byte) 0x89 -> 16 + 4 * random.nextInt(2);
      case 'I', 'M' -> tiffEntry(file, random) + 4 + 4 * random.nextInt(2);
      default -> frame(file) + 5 + 2 * random.nextInt(2);
    };
  }

  private static int tiffEntry(byte[] file, Random random) {
    ByteBuffer buffer = ByteBuffer.wrap(file);
    if (file[0] == 'I') {
      buffer.order(ByteOrder.LITTLE_ENDIAN);
    }
    int directory = buffer.getInt(4);
    if (directory < 0 || directory > file.length - 14) {
      return 0;
    }
    return Math.min(directory + 2 + 12 * random.nextInt(12), file.length - 12);
  }

  private static int frame(byte[] file) {
    for (int i = 0; i + 10 < file.length; i++) {
      if (file[i] == (byte) 0xFF && (file[i + 1] == (byte) 0xC0 || file[i + 1] == (byte) 0xC2)) {
        return i;
      }
    }
    return 0;
  }

  private static void repairChecksums(byte[] file) {
    boolean png =
        file.length > 8 && new String(file, 1, 3, StandardCharsets.ISO_8859_1).equals("PNG");
    ByteBuffer buffer = ByteBuffer.wrap(file);
    int offset = 8;
    while (png && offset + 12 <= file.length) {
      int length = buffer.getInt(offset);
      if (length < 0 || length > file.length - offset - 12) {
        return;
      }
      CRC32 crc = new CRC32();
      crc.update(file, offset + 4, length + 4);
      buffer.putInt(offset + 8 + length, (int) crc.getValue());
      offset += length + 12;
    }
  }
}
