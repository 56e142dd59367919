package io.github.brainimaging.core.io;

import static io.github.brainimaging.core.io.VendorFiles.AXIAL;
import static io.github.brainimaging.core.io.VendorFiles.doubles;
import static io.github.brainimaging.core.io.VendorFiles.enhanced;
import static io.github.brainimaging.core.io.VendorFiles.frame;
import static io.github.brainimaging.core.io.VendorFiles.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.MedicalVolume;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which slices are of one volume, by vendor. A slice at place z of volume t holds 10 z + t. */
class DicomVolumesTest {

  private static final String MIXED =
      "nothing tells which slices belong to one volume: they may be mixed";

  private static final int DEPTH = 5;
  private static final int TIMES = 3;

  private VendorFolder folder;

  @BeforeEach
  void folder(@TempDir Path temporary) {
    folder = new VendorFolder(temporary);
  }

  /** What tells volumes apart in single slices. */
  @SuppressWarnings("ImmutableEnumChecker") // stateless lambdas
  private enum Slices {
    PHILIPS_B((s, t) -> vendor(s, 0x2001, "Philips Imaging DD 001", 3, "FL", floats(500 * t))),
    PHILIPS_DIRECTION(
        (s, t) -> {
          for (int i = 0; i < 3; i++) {
            float part = t == i ? 1 : 0;
            vendor(s, 0x2005, "Philips MR Imaging DD 001", 0xB0 + i, "FL", floats(part));
          }
        }),
    PHILIPS_LABEL((s, t) -> vendor(s, 0x2005, "Philips MR Imaging DD 005", 0x29, "CS", code(t))),
    PHILIPS_GRADIENT((s, t) -> vendor(s, 0x2005, "Philips MR Imaging DD 005", 0x13, "IS", code(t))),
    GE_B(
        (s, t) -> vendor(s, 0x0043, "GEMS_PARM_01", 0x39, "IS", code(1_000_000_500 * (t % 2) + t))),
    GE_DIRECTION((s, t) -> vendor(s, 0x0019, "GEMS_ACQU_01", 0xBC, "DS", code(t - 1))),
    GE_COMPONENT(
        (s, t) -> vendor(s, 0x0043, "GEMS_PARM_01", 0x2F, "SS", new byte[] {t.byteValue(), 0})),
    SIEMENS_B((s, t) -> vendor(s, 0x0019, "SIEMENS MR HEADER", 0x0C, "IS", code(1000 * t))),
    SIEMENS_DIRECTION(
        (s, t) -> vendor(s, 0x0019, "SIEMENS MR HEADER", 0x0E, "FD", doubles(1, t, 1 - t))),
    FLIP_ANGLE((s, t) -> s.text(0x00181314, "DS", "" + (3 + 6 * t))),
    TUBE_VOLTAGE((s, t) -> s.text(0x00180060, "DS", "" + (80 + 20 * t))),
    FRAME_TIME((s, t) -> s.text(0x00541300, "DS", "" + 1000 * t)),
    DATE_AND_TIME((s, t) -> s.text(0x0008002A, "DT", "2026010112000" + t + ".25"));

    private final BiConsumer<DicomBytes, Integer> told;

    Slices(BiConsumer<DicomBytes, Integer> told) {
      this.told = told;
    }
  }

  /** The same in frames of one file. */
  @SuppressWarnings("ImmutableEnumChecker")
  private enum Frames {
    TIME_OFFSET((f, t) -> group(f, 0x00209310, item().put(0x0020930D, "FD", doubles(1.5 * t)))),
    ACQUISITION((f, t) -> group(f, 0x00209111, item().us(0x00209156, t + 1))),
    DATE_AND_TIME(
        (f, t) -> group(f, 0x00209111, item().text(0x00189074, "DT", "2026010112000" + t))),
    HEART_BEAT((f, t) -> group(f, 0x00189118, item().put(0x00209153, "FD", doubles(30 * t)))),
    INVERSION((f, t) -> group(f, 0x00189115, item().put(0x00189079, "FD", doubles(50 + 300 * t)))),
    FLIP_ANGLE((f, t) -> group(f, 0x00189112, item().text(0x00181314, "DS", "" + (3 + 6 * t)))),
    FLOW((f, t) -> group(f, 0x00189197, item().put(0x00189090, "FD", doubles(1, t, 0)))),
    SPIN_LABEL((f, t) -> group(f, 0x00189251, item().text(0x00189257, "CS", "LABEL " + t))),
    TUBE_VOLTAGE((f, t) -> group(f, 0x00189325, item().text(0x00180060, "DS", "" + (80 + t))));

    private final BiConsumer<DicomBytes, Integer> told;

    Frames(BiConsumer<DicomBytes, Integer> told) {
      this.told = told;
    }
  }

  private static DicomBytes item() {
    return new DicomBytes(DicomBytes.EXPLICIT);
  }

  private static void group(DicomBytes frame, int tag, DicomBytes item) {
    DicomBytes unused = frame.sequence(tag, item);
  }

  private static byte[] code(int value) {
    String text = "" + value;
    return (text.length() % 2 == 0 ? text : text + " ").getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] floats(float value) {
    int bits = Float.floatToIntBits(value);
    return new byte[] {(byte) bits, (byte) (bits >> 8), (byte) (bits >> 16), (byte) (bits >> 24)};
  }

  /** A private element, in a block that an archive has moved. */
  private static void vendor(
      DicomBytes file, int group, String creator, int element, String type, byte[] value) {
    DicomBytes unused =
        file.text(group << 16 | 0x10, "LO", "SOMEBODY ELSE")
            .text(group << 16 | 0x12, "LO", creator)
            .put(group << 16 | 0x1200 | element, type, value);
  }

  private static List<Integer> whole(int t) {
    return IntStream.range(0, DEPTH).mapToObj(z -> 10 * z + t).toList();
  }

  private void assertVolumes(DicomSeries series, Integer... times) throws IOException {
    List<List<Integer>> found =
        series.readAll().volumes().stream().map(VendorFolder::values).toList();
    assertThat(found)
        .containsExactlyInAnyOrderElementsOf(
            List.of(times).stream().map(DicomVolumesTest::whole).toList());
    assertThat(series.findings()).doesNotContain(MIXED);
  }

  /** Numbers, UIDs and names that tell nothing. */
  private static List<Integer> shuffled() {
    List<Integer> numbers = new ArrayList<>(IntStream.range(0, DEPTH * TIMES).boxed().toList());
    Collections.shuffle(numbers, new Random(4));
    return numbers;
  }

  private static DicomBytes shuffledSlice(int number, int z, int t) {
    return slice(number, 3 * z, 10 * z + t)
        .text(0x00080018, "UI", "1.2." + (100 + number * 7 % 16))
        .text(0x00200013, "IS", "" + number);
  }

  @ParameterizedTest
  @EnumSource
  void slicesAreToldApartByWhatVendorsWrite(Slices kind) throws IOException {
    List<Integer> numbers = shuffled();
    for (int i = 0; i < DEPTH * TIMES; i++) {
      DicomBytes file = shuffledSlice(numbers.get(i), i / TIMES, i % TIMES);
      kind.told.accept(file, i % TIMES);
      folder.write("s" + numbers.get(i) * 4 % 15, file);
    }

    assertVolumes(folder.only(), 0, 1, 2);
  }

  @ParameterizedTest
  @EnumSource
  void framesAreToldApartByTheirGroups(Frames kind) throws IOException {
    List<Integer> order = shuffled();
    DicomBytes[] frames = new DicomBytes[order.size()];
    int[] values = new int[order.size()];
    for (int i = 0; i < frames.length; i++) {
      int z = order.get(i) / TIMES;
      int t = order.get(i) % TIMES;
      frames[i] = frame("0\\0\\" + 3 * z, AXIAL, "1");
      kind.told.accept(frames[i], t);
      values[i] = 10 * z + t;
    }
    folder.write("a", enhanced(values, frames));

    assertVolumes(folder.only(), 0, 1, 2);
  }

  @Test
  void timesThatDifferFromSliceToSliceOrderEachPlace() throws IOException {
    List<Integer> numbers = shuffled();
    for (int i = 0; i < DEPTH * TIMES; i++) {
      int z = i / TIMES;
      int t = i % TIMES;
      String time = String.format(Locale.ROOT, "1200%02d.%d", t, z * 3 % 5);
      folder.write("s" + i, shuffledSlice(numbers.get(i), z, t).text(0x00080032, "TM", time));
    }

    List<MedicalVolume> volumes = folder.only().readAll().volumes();

    assertVolumes(folder.only(), 0, 1, 2);
    assertThat(VendorFolder.values(volumes.get(1))).isEqualTo(whole(1));
  }

  @Test
  void echoTimesThatDifferByRoundingAreOne() throws IOException {
    List<Integer> numbers = shuffled();
    for (int i = 0; i < DEPTH * TIMES; i++) {
      double echo = 4.92 + 2.46 * (i % TIMES) + 1e-4 * (i / TIMES % 2);
      folder.write(
          "s" + i,
          shuffledSlice(numbers.get(i), i / TIMES, i % TIMES)
              .text(0x00180081, "DS", String.format(Locale.ROOT, "%.4f", echo)));
    }

    assertVolumes(folder.only(), 0, 1, 2);
  }

  /** Numbered volume by volume; some slices are not there. */
  private void numbered(int first, String... missing) throws IOException {
    for (int i = 0; i < DEPTH * TIMES; i++) {
      int z = i % DEPTH;
      int t = Math.floorDiv(i, DEPTH);
      if (!List.of(missing).contains(z + "/" + t)) {
        folder.write("s" + i, slice(first + i, 3 * z, 10 * z + t));
      }
    }
  }

  @Test
  void aVolumeThatLacksItsFirstSlicesIsLeftOut() throws IOException {
    numbered(1, "0/0", "1/0");

    assertVolumes(folder.only(), 1, 2);
    assertThat(folder.only().findings()).contains("1 of 3 volumes lack slices and are left out");
  }

  @Test
  void itsSlicesAreNotTakenFromTheNextWhateverTheNumbers() throws IOException {
    numbered(101, "0/0");

    assertVolumes(folder.only(), 1, 2);
  }

  @Test
  void slicesThatTwoVolumesLackAreTold() throws IOException {
    numbered(1, "0/0", "4/1", "0/2", "1/2", "2/2", "3/2", "4/2");

    assertThat(folder.only().findings()).contains("1 of 2 volumes lack slices and are left out");
    assertThat(VendorFolder.values(folder.only().read())).containsExactly(10, 20, 30, 40);
  }

  @Test
  void aFileOfSeveralFramesIsAVolume() throws IOException {
    for (int t = 0; t < TIMES; t++) {
      int depth = t == 2 ? 3 : DEPTH; // The last was cut short.
      DicomBytes[] frames = new DicomBytes[depth];
      int[] values = new int[depth];
      for (int z = 0; z < depth; z++) {
        frames[z] = frame("0\\0\\" + 3 * z, AXIAL, "1", 1, z + 1);
        values[z] = 10 * z + t;
      }
      folder.write("f" + t, enhanced(values, frames).text(0x00080018, "UI", "1.2.7" + (5 - t)));
    }

    assertVolumes(folder.only(), 0, 1);
    assertThat(folder.only().findings()).contains("1 of 3 volumes lack slices and are left out");
  }

  @Test
  void volumesMovedAsideOrTurnedAreTold() throws IOException {
    for (int i = 0; i < 2 * DEPTH; i++) {
      int z = i % DEPTH;
      int t = i / DEPTH;
      folder.write(
          "s" + i,
          slice(i + 1, 3 * z, 10 * z + t)
              .text(0x00200032, "DS", 0.36 * t + "\\0\\" + 3 * z)
              .text(0x00200037, "DS", t == 0 ? AXIAL : "0.999995\\0.003\\0\\-0.003\\0.999995\\0"));
    }

    assertVolumes(folder.only(), 0, 1);
    assertThat(folder.only().findings())
        .contains(
            "the volumes are moved by up to 0.36 mm against the first, whose place is told",
            "the volumes are turned by up to 0.17 degrees against the first, whose place is told");
  }

  @Test
  void stacksBesideEachOtherAreNoTimePoints() throws IOException {
    for (int i = 0; i < 2 * DEPTH; i++) {
      int z = i % DEPTH;
      int side = i / DEPTH;
      folder.write(
          "s" + i,
          slice(i + 1, 3 * z, 10 * z + side).text(0x00200032, "DS", 90 * side + "\\0\\" + 3 * z));
    }

    List<DicomSeries> series = folder.scan().series();

    assertThat(series).hasSize(2);
    for (int side = 0; side < 2; side++) {
      assertThat(VendorFolder.values(series.get(side).read())).isEqualTo(whole(side));
      assertThat(series.get(side).findings())
          .containsExactly("2 stacks lie beside each other in one series");
      assertThat(series.get(side).grid().requireAffine().get(0, 3)).isEqualTo(-90 * side);
    }
  }

  @Test
  void stacksOfDifferentDistancesNeedNoLabel() throws IOException {
    for (int i = 0; i < 6; i++) {
      folder.write("a" + i, slice(1 + i, 3 * i, 1));
    }
    for (int i = 0; i < 4; i++) {
      folder.write("b" + i, slice(10 + i, 1 + 4.5 * i, 2));
    }

    List<DicomSeries> series = folder.scan().series();

    assertThat(series.stream().map(s -> s.grid().depth())).containsExactly(6, 4);
    assertThat(VendorFolder.values(series.get(0).read())).containsOnly(1);
    assertThat(VendorFolder.values(series.get(1).read())).containsOnly(2);
  }

  @Test
  void aSliceBesideTheOthersIsTold() throws IOException {
    for (int z = 0; z < DEPTH; z++) {
      folder.write(
          "s" + z,
          slice(z, 3 * z, 10 * z).text(0x00200032, "DS", (z == 2 ? 10 : 0) + "\\0\\" + 3 * z));
    }

    assertThat(folder.only().findings())
        .containsExactly("slices are moved within their plane by up to 10.0 mm");
  }
}
