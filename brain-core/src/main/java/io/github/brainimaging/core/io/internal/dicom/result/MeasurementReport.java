package io.github.brainimaging.core.io.internal.dicom.result;

import io.github.brainimaging.core.io.internal.dicom.element.ElementBytes;
import io.github.brainimaging.core.measure.Lesion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes an Enhanced SR object (PS3.3, A.35.2) by template 1500, Measurement Report (PS3.16): the
 * whole of a mask as a region with its segmentation, then each lesion with its size.
 */
public final class MeasurementReport {

  private static final String SOP_CLASS = "1.2.840.10008.5.1.4.1.1.88.22";

  private static final CodedConcept VOLUME = CodedConcept.snomed("118565006", "Volume");
  private static final CodedConcept LONG_AXIS = CodedConcept.snomed("103339001", "Long Axis");
  private static final CodedConcept SHORT_AXIS = CodedConcept.snomed("103340004", "Short Axis");
  private static final CodedConcept LARGEST =
      new CodedConcept("L0JK", "IBSI", "Maximum 3D Diameter");
  private static final CodedConcept MILLIMETER = new CodedConcept("mm", "UCUM", "millimeter");
  private static final CodedConcept MILLILITER =
      new CodedConcept("cm3", "UCUM", "cubic centimeter");
  private static final CodedConcept FINDING = CodedConcept.dcm("121071", "Finding");

  private final Origin origin;
  private final Segment whole;
  private final List<Segment> parts;
  private final List<Lesion> lesions;

  private MeasurementReport(
      Origin origin, Segment whole, List<Segment> parts, List<Lesion> lesions) {
    this.origin = origin;
    this.whole = whole;
    this.parts = parts;
    this.lesions = lesions;
  }

  /**
   * Makes the file.
   *
   * @param origin of the size of the mask
   * @param whole what is measured
   * @param parts the segments of the segmentation that the report refers to; none if that shows the
   *     whole
   * @param lesions the connected regions of the whole
   * @param notes what else is to be said, each a text of its own
   * @return a part-10 file, explicit little endian; equal for equal input
   * @throws IOException if the files do not tell what must be told
   */
  public static byte[] of(
      Origin origin, Segment whole, List<Segment> parts, List<Lesion> lesions, List<String> notes)
      throws IOException {
    return new MeasurementReport(origin, whole, parts, lesions).toFile(notes);
  }

  private byte[] toFile(List<String> notes) throws IOException {
    ContentUids segmentation = SegmentationObject.uids(origin, whole.text().label(), segments());
    DataSetWriter data =
        origin.begin(SOP_CLASS, "SR", 2, "Measurements of " + whole.text().label());
    data.text(Attribute.CONTENT_DATE, origin.first().date())
        .text(Attribute.CONTENT_TIME, origin.first().time())
        .sequence(Attribute.PERFORMED_STEP)
        .sequence(Attribute.PERFORMED_PROCEDURE)
        .sequence(Attribute.EVIDENCE, evidence(segmentation))
        .text(Attribute.COMPLETION, "COMPLETE")
        .text(Attribute.VERIFICATION, "UNVERIFIED")
        .text(Attribute.VALUE_TYPE, "CONTAINER")
        .text(Attribute.CONTINUITY, "SEPARATE")
        .sequence(
            Attribute.CONCEPT, CodedConcept.dcm("126000", "Imaging Measurement Report").toItem())
        .sequence(
            Attribute.TEMPLATE,
            new DataSetWriter()
                .text(Attribute.MAPPING_RESOURCE, "DCMR")
                .text(Attribute.TEMPLATE_ID, "1500"));
    List<DataSetWriter> items = new ArrayList<>(context());
    items.add(library());
    items.add(
        ReportItem.container(
            CodedConcept.dcm("126010", "Imaging Measurements"), groups(segmentation)));
    if (!notes.isEmpty()) {
      items.add(
          ReportItem.container(
              new CodedConcept("C0034375", "UMLS", "Qualitative Evaluations"),
              notes.stream()
                  .map(
                      note ->
                          ReportItem.text(
                              ReportItem.CONTAINS, CodedConcept.dcm("121106", "Comment"), note))
                  .toList()));
    }
    data.sequence(Attribute.ITEMS, items);
    return Origin.finish(data, new ContentUids(data.toBytes()));
  }

  /** Those of the segmentation that the report refers to. */
  private List<Segment> segments() {
    return parts.isEmpty() ? List.of(whole) : parts;
  }

  /** All that the report refers to, by study and series. */
  private DataSetWriter evidence(ContentUids segmentation) {
    return new DataSetWriter()
        .text(Attribute.STUDY_INSTANCE, origin.first().text(Attribute.STUDY_INSTANCE))
        .sequence(
            Attribute.REFERENCED_SERIES,
            new DataSetWriter()
                .text(Attribute.SERIES_INSTANCE, origin.first().text(Attribute.SERIES_INSTANCE))
                .sequence(Attribute.REFERENCED_SOPS, origin.references()),
            new DataSetWriter()
                .text(Attribute.SERIES_INSTANCE, segmentation.of("series"))
                .sequence(Attribute.REFERENCED_SOPS, SegmentationObject.reference(segmentation)));
  }

  /** Language, observer and procedure. */
  private List<DataSetWriter> context() {
    return List.of(
        ReportItem.code(
            ReportItem.CONCEPT_MODIFIER,
            CodedConcept.dcm("121049", "Language of Content Item and Descendants"),
            new CodedConcept("en", "RFC5646", "English")),
        ReportItem.code(
            ReportItem.OBSERVATION_CONTEXT,
            CodedConcept.dcm("121005", "Observer Type"),
            CodedConcept.dcm("121007", "Device")),
        ReportItem.uid(
            ReportItem.OBSERVATION_CONTEXT,
            CodedConcept.dcm("121012", "Device Observer UID"),
            ElementBytes.IMPLEMENTATION),
        observer("121013", "Device Observer Name", whole.text().algorithmName()),
        observer("121014", "Device Observer Manufacturer", Origin.MANUFACTURER),
        observer("121015", "Device Observer Model Name", Origin.MODEL),
        ReportItem.code(
            ReportItem.CONCEPT_MODIFIER,
            CodedConcept.dcm("121058", "Procedure reported"),
            procedure()));
  }

  private static DataSetWriter observer(String code, String meaning, String value) {
    return ReportItem.text(ReportItem.OBSERVATION_CONTEXT, CodedConcept.dcm(code, meaning), value);
  }

  private CodedConcept procedure() {
    return switch (origin.first().text(Attribute.MODALITY)) {
      case "MR" -> new CodedConcept("24590-2", "LN", "MR Brain");
      case "CT" -> new CodedConcept("24725-4", "LN", "CT Head");
      default -> CodedConcept.snomed("363679005", "Imaging");
    };
  }

  private DataSetWriter library() {
    List<DataSetWriter> items = new ArrayList<>();
    Optional<CodedConcept> modality =
        switch (origin.first().text(Attribute.MODALITY)) {
          case "MR" -> Optional.of(CodedConcept.dcm("MR", "Magnetic Resonance"));
          case "CT" -> Optional.of(CodedConcept.dcm("CT", "Computed Tomography"));
          default -> Optional.empty();
        };
    modality.ifPresent(
        code ->
            items.add(
                ReportItem.code(
                    ReportItem.ACQUISITION_CONTEXT, CodedConcept.dcm("121139", "Modality"), code)));
    origin.references().forEach(reference -> items.add(ReportItem.image(reference)));
    return ReportItem.container(
        CodedConcept.dcm("111028", "Image Library"),
        List.of(ReportItem.container(CodedConcept.dcm("126200", "Image Library Group"), items)));
  }

  private List<DataSetWriter> groups(ContentUids segmentation) {
    List<DataSetWriter> groups = new ArrayList<>();
    if (!parts.isEmpty()) {
      groups.add(group(region(whole, List.of()))); // No segment shows it.
    }
    for (int i = 0; i < segments().size(); i++) {
      groups.add(group(region(segments().get(i), references(i + 1, segmentation))));
    }
    String tracking = whole.tracking(origin);
    for (int i = 0; i < lesions.size(); i++) {
      ContentUids uids = new ContentUids((tracking + "/" + i).getBytes(StandardCharsets.US_ASCII));
      groups.add(group(lesion(i + 1, lesions.get(i), uids.of("tracking"))));
    }
    return groups;
  }

  private List<DataSetWriter> region(Segment region, List<DataSetWriter> references) {
    List<DataSetWriter> items =
        new ArrayList<>(
            finding(region.text(), region.text().label(), region.tracking(origin), List.of()));
    items.addAll(references);
    region.mask().volumeMl().ifPresent(ml -> items.add(volume(ml)));
    return items;
  }

  private List<DataSetWriter> references(int number, ContentUids segmentation) {
    return List.of(
        ReportItem.image(
            CodedConcept.dcm("121191", "Referenced Segment"),
            SegmentationObject.reference(segmentation)
                .uint16(Attribute.REFERENCED_SEGMENT, number)),
        ReportItem.uid(
            ReportItem.CONTAINS,
            CodedConcept.dcm("121232", "Source series for segmentation"),
            origin.first().text(Attribute.SERIES_INSTANCE)));
  }

  private static DataSetWriter group(List<DataSetWriter> items) {
    return ReportItem.container(CodedConcept.dcm("125007", "Measurement Group"), items);
  }

  /** What it is, and how it is told from others. */
  private static List<DataSetWriter> finding(
      SegmentText segment, String name, String uid, List<DataSetWriter> ofSite) {
    List<DataSetWriter> items = new ArrayList<>();
    items.add(
        ReportItem.text(
            ReportItem.OBSERVATION_CONTEXT,
            CodedConcept.dcm("112039", "Tracking Identifier"),
            name));
    items.add(
        ReportItem.uid(
            ReportItem.OBSERVATION_CONTEXT,
            CodedConcept.dcm("112040", "Tracking Unique Identifier"),
            uid));
    items.add(ReportItem.code(ReportItem.CONTAINS, FINDING, segment.type()));
    segment.site().ifPresent(site -> items.add(ReportItem.site(site, ofSite)));
    return items;
  }

  private List<DataSetWriter> lesion(int number, Lesion lesion, String tracking) {
    List<DataSetWriter> items =
        new ArrayList<>(
            finding(
                whole.text(),
                whole.text().label() + ", part " + number,
                tracking,
                lesion.midline().map(MeasurementReport::side).stream().toList()));
    lesion.volumeMl().ifPresent(ml -> items.add(volume(ml)));
    lesion
        .diameters()
        .ifPresent(
            d -> {
              items.add(length(LONG_AXIS, d.inPlane()));
              items.add(length(SHORT_AXIS, d.perpendicular()));
              items.add(length(LARGEST, d.inSpace()));
            });
    return items;
  }

  /** PS3.16, CID 244. */
  private static DataSetWriter side(Lesion.Midline place) {
    return ReportItem.code(
        ReportItem.CONCEPT_MODIFIER,
        CodedConcept.snomed("272741003", "Laterality"),
        switch (place.side()) {
          case LEFT -> CodedConcept.snomed("7771000", "Left");
          case RIGHT -> CodedConcept.snomed("24028007", "Right");
          case MIDLINE -> CodedConcept.snomed("51440002", "Bilateral");
        });
  }

  private static DataSetWriter volume(double ml) {
    return ReportItem.number(VOLUME, ml, MILLILITER);
  }

  private static DataSetWriter length(CodedConcept concept, double mm) {
    return ReportItem.number(concept, mm, MILLIMETER);
  }
}
