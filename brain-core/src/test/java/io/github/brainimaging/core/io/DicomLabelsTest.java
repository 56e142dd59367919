package io.github.brainimaging.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.VolumeLabels;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.measure.Lesion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The parts and the sides of a lesion in DICOM. Files like these, of both kinds, had no error in
 * {@code dciodvfy} (dicom3tools 1.00~20220618093127) on 2026-11-28.
 */
class DicomLabelsTest {

  private static final int SEGMENTS = 0x00620002;
  private static final int CODE = 0x0040A168;
  private static final int CONCEPT = 0x0040A043;
  private static final int ITEMS = 0x0040A730;

  @TempDir private Path folder;
  private DicomSeries source;
  private VolumeMask whole;

  @BeforeEach
  void read() throws IOException {
    source = DicomResultsTest.series(folder);
    whole = DicomResultsTest.mask(source.grid());
  }

  private VolumeMask on(int... slices) {
    boolean[] inside = whole.toArray();
    int size = whole.grid().width() * whole.grid().height();
    for (int i = 0; i < inside.length; i++) {
      int slice = i / size;
      inside[i] &= List.of(slices[0], slices[slices.length - 1]).contains(slice);
    }
    return VolumeMask.of(whole.grid(), inside);
  }

  /** The whole, what enhances on its first slice, edema on its last, and what is nowhere. */
  private VolumeLabels parts(boolean nested) {
    Map<String, VolumeMask> regions = new LinkedHashMap<>();
    if (nested) {
      regions.put("whole \u00e9 tumor", whole);
    }
    regions.put("enhancing tumor", on(0));
    regions.put("Edema", on(2));
    regions.put("necrotic core", VolumeMask.empty(whole.grid()));
    return VolumeLabels.of(regions);
  }

  private static List<String> texts(List<DicomElements> items, int tag) {
    return items.stream().map(item -> item.text(tag)).toList();
  }

  private static byte[] bytes(DicomElements item, int tag) {
    return Objects.requireNonNull(item.values().get(tag));
  }

  @Test
  void eachPartIsASegmentWithItsNameItsCodeAndItsFrames() throws IOException {
    Path file = folder.resolve("seg.dcm");

    DicomSegWriter.ofTumor().write(parts(true), source, file);

    DicomElements written = DicomElements.read(file);
    List<DicomElements> segments = written.items(SEGMENTS);
    assertThat(texts(segments, 0x00620005))
        .containsExactly("whole ? tumor", "enhancing tumor", "Edema");
    assertThat(segments.stream().map(item -> item.item(0x0062000F).text(0x00080100)))
        .containsExactly("108369006", "C113842", "79654002");
    assertThat(texts(segments, 0x00620021)).doesNotHaveDuplicates();
    assertThat(segments.stream().map(item -> item.values().get(0x0062000D)))
        .doesNotHaveDuplicates();
    assertThat(written.text(0x00620013)).isEqualTo("YES");
    List<List<Integer>> frames = new ArrayList<>();
    for (DicomElements group : written.items(0x52009230)) {
      byte[] place = bytes(group.item(0x00209111), 0x00209157);
      byte[] segment = bytes(group.item(0x0062000A), 0x0062000B);
      frames.add(List.of((int) segment[0], (int) place[0], (int) place[4]));
    }
    // The segment, and what the dimensions call it: segment, place among those with something.
    assertThat(frames)
        .containsExactly(List.of(1, 1, 1), List.of(1, 1, 2), List.of(2, 2, 1), List.of(3, 3, 2));
    assertThat(DicomFile.open(file).summary().frames()).isEqualTo(4);
    assertThat(Mask.above(DicomFile.open(file).frame(2), 0)).isEqualTo(whole.slice(0));
    assertThatThrownBy(() -> DicomFile.open(file).volume())
        .hasMessageContaining("expected one volume");

    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    DicomSegWriter.ofTumor().write(parts(true), source, stream);
    assertThat(stream.toByteArray()).isEqualTo(Files.readAllBytes(file));
    DicomSegWriter.ofTumor().write(parts(false), source, file);
    assertThat(DicomElements.read(file).text(0x00620013)).isEqualTo("NO");
  }

  @Test
  void ofEmptyPartsThereIsAFileAsWell() throws IOException {
    Path file = folder.resolve("seg.dcm");
    VolumeMask none = VolumeMask.empty(whole.grid());

    DicomSegWriter.ofTumor().write(VolumeLabels.of(Map.of("core", none)), source, file);

    assertThat(DicomFile.open(file).summary().frames()).isEqualTo(3);
  }

  private static DicomElements named(DicomElements parent, String concept) {
    return parent.items(ITEMS).stream()
        .filter(item -> !item.items(CONCEPT).isEmpty())
        .filter(item -> item.item(CONCEPT).text(0x00080104).equals(concept))
        .findFirst()
        .orElseThrow();
  }

  private List<DicomElements> groups(DicomReportWriter writer) throws IOException {
    Path file = folder.resolve("sr.dcm");
    writer.write(whole, source, file);
    return named(DicomElements.read(file), "Imaging Measurements").items(ITEMS);
  }

  private static double ml(DicomElements group) {
    return Double.parseDouble(named(group, "Volume").item(0x0040A300).text(0x0040A30A));
  }

  @Test
  void theReportMeasuresEachPartAndRefersToItsSegment() throws IOException {
    DicomSegWriter seg = DicomSegWriter.ofTumor();
    Path file = folder.resolve("seg.dcm");
    seg.write(parts(false), source, file);

    List<DicomElements> groups = groups(DicomReportWriter.of(seg).withLabels(parts(false)));

    assertThat(groups).hasSize(5);
    assertThat(ml(groups.get(0))).isCloseTo(11 * 9 / 1000.0, within(1e-12));
    assertThat(ml(groups.get(1))).isCloseTo(8 * 9 / 1000.0, within(1e-12));
    assertThat(ml(groups.get(2))).isCloseTo(3 * 9 / 1000.0, within(1e-12));
    DicomElements written = DicomElements.read(file);
    for (int i = 0; i < 2; i++) {
      DicomElements reference = named(groups.get(i + 1), "Referenced Segment").item(0x00081199);
      assertThat(reference.text(0x00081155)).isEqualTo(written.text(0x00080018));
      assertThat(bytes(reference, 0x0062000B)[0]).isEqualTo((byte) (i + 1));
      assertThat(named(groups.get(i + 1), "Tracking Unique Identifier").text(0x0040A124))
          .isEqualTo(written.items(SEGMENTS).get(i).text(0x00620021));
    }
    assertThat(named(groups.get(2), "Finding").item(CODE).text(0x00080104)).isEqualTo("Edema");
  }

  /** A region as it is, but for its place in the head. */
  static Lesion at(Lesion l, Optional<Lesion.Midline> midline) {
    return new Lesion(
        l.voxels(),
        l.volumeMl(),
        l.diameters(),
        l.centroidMm(),
        l.firstSlice(),
        l.lastSlice(),
        l.fullestSlice(),
        l.box(),
        midline);
  }

  @ParameterizedTest
  @CsvSource({"LEFT, 7771000", "RIGHT, 24028007", "MIDLINE, 51440002"})
  void theReportTellsTheSideOfALesion(Lesion.Side side, String code) throws IOException {
    List<Lesion> lesions = new ArrayList<>();
    for (Lesion l : Lesion.of(whole)) {
      Optional<Lesion.Midline> midline =
          lesions.isEmpty() ? Optional.of(new Lesion.Midline(side, 20, 4)) : Optional.empty();
      lesions.add(at(l, midline));
    }

    List<DicomElements> groups =
        groups(DicomReportWriter.of(DicomSegWriter.ofTumor()).withLesions(lesions));

    DicomElements told = named(named(groups.get(1), "Finding Site"), "Laterality");
    assertThat(told.item(CODE).text(0x00080100)).isEqualTo(code);
    assertThat(named(groups.get(2), "Finding Site").items(ITEMS)).isEmpty();
  }

  @Test
  void lesionsAndPartsOfAnotherMaskAreRefused() {
    DicomReportWriter writer = DicomReportWriter.of(DicomSegWriter.ofTumor());

    assertThatThrownBy(() -> groups(writer.withLesions(Lesion.of(on(0)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("lesions must be those of the mask, which has 11 voxels, got 8");
    VolumeLabels other =
        VolumeLabels.of(
            Map.of(
                "core",
                VolumeMask.empty(
                    source.grid().withAffine(whole.grid().requireAffine().inverse()))));
    assertThatThrownBy(() -> groups(writer.withLabels(other)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("labels must lie on the grid of the mask");
  }

  @ParameterizedTest
  @CsvSource({
    "edema, 79654002",
    "Peritumoral oedema, 79654002",
    "ENHANCING, C113842",
    "non-enhancing tumor, C81175",
    "necrosis, 6574001",
    "necrotic and non-enhancing core, 108369006",
    "tumor core, 108369006"
  })
  void namesOfPartsHaveTheCodesOfTheStandard(String name, String code) throws IOException {
    Path file = folder.resolve("seg.dcm");

    DicomSegWriter.ofTumor().write(VolumeLabels.of(Map.of(name, whole)), source, file);

    DicomElements segment = DicomElements.read(file).item(SEGMENTS);
    assertThat(segment.item(0x0062000F).text(0x00080100)).isEqualTo(code);
  }
}
