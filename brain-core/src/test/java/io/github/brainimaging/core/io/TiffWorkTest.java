package io.github.brainimaging.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.MedicalImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/**
 * Small TIFF files that ask for much work: processor time, so that a busy machine does not count.
 */
class TiffWorkTest {

  private static final int STRIPS = 60_000;
  private static final long TWO_SECONDS = 2_000_000_000L;

  private static final int SHORT = 3;
  private static final int LONG = 4;
  private static final int UNDEFINED = 7;

  @Test
  void tagsAreReadOnceAndNotWithEveryStrip() throws IOException {
    // 60,000 rows of a pixel, and the sample format of that pixel said 100,000 times.
    byte[] file = file(1, 339, 100_000, SHORT, 1);

    long before = cpuTime();
    MedicalImage image = MedicalImageReader.withDefaults().read(file, "many strips");

    assertThat(cpuTime() - before).isLessThan(TWO_SECONDS);
    assertThat(image.height()).isEqualTo(STRIPS);
    assertThat(image.get(0, 0, 0)).isEqualTo(7);
  }

  @Test
  void jpegTablesThatAreLongAndManyAreRefused() {
    byte[] file = file(7, 347, 100_000, UNDEFINED, 0);

    long before = cpuTime();
    assertThatThrownBy(() -> MedicalImageReader.withDefaults().read(file, "many tables"))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("found 60000 strips or tiles with tables of 100000 bytes");
    assertThat(cpuTime() - before).isLessThan(TWO_SECONDS);
  }

  private static long cpuTime() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** Gray, one pixel wide, a strip for every row; all strips are the same bytes of 7. */
  private static byte[] file(int compression, int longTag, int count, int type, int value) {
    int size = type == SHORT ? 2 : 1;
    int offsets = 8;
    int lengths = offsets + 4 * STRIPS;
    int data = lengths + 4 * STRIPS;
    int extra = data + STRIPS;
    int directory = extra + size * count;
    ByteBuffer file =
        ByteBuffer.allocate(directory + 2 + 12 * 9 + 4).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(directory);
    for (int i = 0; i < STRIPS; i++) {
      file.putInt(offsets + 4 * i, data + i).putInt(lengths + 4 * i, 1);
      file.put(data + i, (byte) 7);
    }
    for (int i = 0; i < count; i++) {
      file.put(extra + size * i, (byte) value);
    }
    file.position(directory);
    file.putShort((short) 9);
    entry(file, 256, SHORT, 1, 1);
    entry(file, 257, LONG, 1, STRIPS);
    entry(file, 258, SHORT, 1, 8);
    entry(file, 259, SHORT, 1, compression);
    entry(file, 262, SHORT, 1, 1);
    entry(file, 273, LONG, STRIPS, offsets);
    entry(file, 278, LONG, 1, 1);
    entry(file, 279, LONG, STRIPS, lengths);
    entry(file, longTag, type, count, extra);
    return file.array();
  }

  private static void entry(ByteBuffer file, int tag, int type, int count, int value) {
    file.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
  }
}
