package io.github.brainimaging.core.io.internal.dicom;

import io.github.brainimaging.core.image.ScanFacts;
import io.github.brainimaging.core.io.internal.dicom.element.DataSet;
import io.github.brainimaging.core.io.internal.dicom.element.DicomObject;
import io.github.brainimaging.core.io.internal.dicom.element.ElementBytes;
import io.github.brainimaging.core.io.internal.dicom.element.KeptElements;
import io.github.brainimaging.core.io.internal.dicom.element.PixelData;
import io.github.brainimaging.core.io.internal.dicom.element.Tag;
import io.github.brainimaging.core.io.internal.dicom.element.TransferSyntax;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * An image without what tells whose it is, after the Basic Application Level Confidentiality
 * Profile (PS3.15, annex E): only {@link KeptElements} are copied, UIDs are replaced, the patient
 * gets a pseudonym. The pixel data stays as it is stored, its syntax as it was if it is compressed,
 * else explicit little endian.
 */
public final class CleanCopy {

  /** MR and CT, also enhanced and legacy converted. */
  private static final Pattern IMAGES =
      Pattern.compile("1\\.2\\.840\\.10008\\.5\\.1\\.4\\.1\\.1\\.(2|4)(\\.[1-4])?");

  private static final int PIXEL_DATA = 0x7FE00010;
  private static final int BURNED_IN = 0x00280301;
  private static final int PATIENT_NAME = 0x00100010;
  private static final int PATIENT_ID = 0x00100020;

  /** Attributes that an image must have, though nothing may be told (type 2), with their types. */
  private static final Map<Integer, String> EMPTY =
      Map.of(
          0x00080020, "DA",
          0x00080030, "TM",
          0x00080050, "SH",
          0x00080070, "LO",
          0x00080090, "PN",
          0x00100030, "DA",
          0x00100040, "CS",
          0x00200010, "SH",
          0x00201040, "LO");

  /** What each type can hold; anything else may be anything. */
  private static final Map<String, Pattern> TEXTS =
      Map.of(
          "CS", Pattern.compile("[A-Z0-9_ ]{0,16}(\\\\[A-Z0-9_ ]{0,16})*[ \0]*"),
          "DS", Pattern.compile("[0-9+\\-eE. \\\\]*\0?"),
          "IS", Pattern.compile("[0-9+\\- \\\\]*\0?"),
          "UI", Pattern.compile("[0-9.\\\\]*[ \0]*"));

  private final DicomObject file;
  private final UnaryOperator<String> uids;

  private CleanCopy(DicomObject file, UnaryOperator<String> uids) {
    this.file = file;
    this.uids = uids;
  }

  /**
   * Makes the copy.
   *
   * @param stream the file; not closed
   * @param patient what the patient is called; in ASCII
   * @param uids gives a new UID for an old one, equal ones for equal ones
   * @return a part-10 file
   * @throws IOException if the file is damaged, no MR or CT image, or says that names may be
   *     written into its pixels
   */
  public static byte[] of(InputStream stream, String patient, UnaryOperator<String> uids)
      throws IOException {
    DicomObject file =
        DicomObject.read(
            stream,
            true,
            tag -> KeptElements.isValue(tag) || Tag.isValue(tag),
            tag -> KeptElements.isSequence(tag) || Tag.isSequence(tag));
    ScanFacts facts = ScanTags.of(new DicomContent(file), 0);
    String sequence = facts.find(ScanFacts.SEQUENCE).map(ScanFacts.Fact::value).orElse("");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new CleanCopy(file, uids).write(patient, sequence, out);
    return out.toByteArray();
  }

  private void write(String patient, String sequence, ByteArrayOutputStream out)
      throws IOException {
    String sopClass = file.data.text(Tag.SOP_CLASS);
    if (!IMAGES.matcher(sopClass).matches()) {
      throw new IOException("only MR and CT images are de-identified; this is none by its class");
    }
    if (file.data.text(BURNED_IN).equals("YES")) {
      throw new IOException("it says that a name may be written into its pixels");
    }
    if (file.pixels.encapsulated() == (file.syntax.codec() == TransferSyntax.Codec.NATIVE)) {
      throw new IOException("its pixel data is not stored as its transfer syntax says");
    }
    String syntax = file.pixels.encapsulated() ? file.syntax.uid() : TransferSyntax.EXPLICIT.uid();
    out.writeBytes(
        ElementBytes.head(sopClass, uids.apply(file.data.text(Tag.SOP_INSTANCE)), syntax));
    Map<Integer, byte[]> elements = new TreeMap<>(Integer::compareUnsigned);
    EMPTY.forEach((tag, type) -> put(elements, tag, type, new byte[0]));
    put(elements, PATIENT_NAME, "PN", ElementBytes.ascii(patient));
    put(elements, PATIENT_ID, "LO", ElementBytes.ascii(patient));
    addMethod(elements);
    if (!sequence.isEmpty()) {
      put(elements, Tag.SERIES_DESCRIPTION, "LO", ElementBytes.ascii(sequence));
    }
    elements.putAll(kept(file.data));
    elements.values().forEach(out::writeBytes);
    writePixels(out);
  }

  /** That it was de-identified, and how (PS3.15, E.1.1; PS3.16, CID 7050). */
  private static void addMethod(Map<Integer, byte[]> elements) {
    ByteArrayOutputStream code = new ByteArrayOutputStream();
    ElementBytes.write(0x00080100, "SH", ElementBytes.ascii("113100"), code);
    ElementBytes.write(0x00080102, "SH", ElementBytes.ascii("DCM"), code);
    ElementBytes.write(
        0x00080104, "LO", ElementBytes.ascii("Basic Application Confidentiality Profile"), code);
    put(elements, 0x00120062, "CS", ElementBytes.ascii("YES"));
    put(elements, 0x00120063, "LO", ElementBytes.ascii("PS3.15 basic profile, by what is kept"));
    put(elements, 0x00120064, "SQ", ElementBytes.items(List.of(code.toByteArray())));
    put(elements, 0x00280303, "CS", ElementBytes.ascii("REMOVED"));
  }

  private static void put(Map<Integer, byte[]> elements, int tag, String type, byte[] value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ElementBytes.write(tag, type, value, out);
    elements.put(tag, out.toByteArray());
  }

  private Map<Integer, byte[]> kept(DataSet data) {
    Map<Integer, byte[]> elements = new TreeMap<>(Integer::compareUnsigned);
    for (int tag : data.tags()) {
      String type = KeptElements.type(tag).equals("XS") ? numbers() : KeptElements.type(tag);
      if (type.isEmpty()) {
        continue; // read to know the scan by
      }
      if (type.equals("SQ")) {
        List<byte[]> items = new ArrayList<>();
        for (DataSet item : data.items(tag)) {
          ByteArrayOutputStream content = new ByteArrayOutputStream();
          kept(item).values().forEach(content::writeBytes);
          items.add(content.toByteArray());
        }
        put(elements, tag, type, ElementBytes.items(items));
      } else {
        byte[] value = value(data, tag, type);
        if (value.length > 0) {
          put(elements, tag, type, value);
        }
      }
    }
    return elements;
  }

  /** The type of what is measured in pixel values. */
  private String numbers() {
    return file.data.uint16(Tag.REPRESENTATION).orElse(0) == 1 ? "SS" : "US";
  }

  /** In little endian; nothing where a text is none of its type. */
  private byte[] value(DataSet data, int tag, String type) {
    byte[] value = data.bytes(tag).orElse(new byte[0]);
    Pattern allowed = TEXTS.get(type);
    if (allowed == null) {
      return data.isBigEndian() ? swapped(value, size(type)) : value;
    }
    String text = new String(value, StandardCharsets.ISO_8859_1);
    if (!allowed.matcher(text).matches()) {
      return new byte[0];
    }
    boolean replaced = type.equals("UI") && tag != Tag.SOP_CLASS;
    return replaced ? ElementBytes.ascii(uids.apply(data.text(tag))) : value;
  }

  private static int size(String type) {
    return switch (type) {
      case "US", "SS", "OW", "AT" -> 2;
      case "UL", "SL", "FL", "OF" -> 4;
      case "FD", "OD" -> 8;
      default -> 1;
    };
  }

  private static byte[] swapped(byte[] value, int size) {
    byte[] other = value.clone();
    for (int at = 0; at + size <= other.length; at += size) {
      for (int i = 0; i < size; i++) {
        other[at + i] = value[at + size - 1 - i];
      }
    }
    return other;
  }

  private void writePixels(ByteArrayOutputStream out) throws IOException {
    PixelData pixels = file.pixels;
    if (pixels.encapsulated()) {
      writeFragments(pixels, out);
      return;
    }
    if (file.pixelTag != PIXEL_DATA || pixels.fragments().isEmpty()) {
      throw new IOException("it has no pixel data of whole numbers");
    }
    byte[] value = pixels.fragments().get(0);
    boolean words = pixels.words() || file.data.uint16(Tag.BITS_ALLOCATED).orElse(0) > 8;
    boolean turned = file.data.isBigEndian() && words;
    ElementBytes.write(PIXEL_DATA, words ? "OW" : "OB", turned ? swapped(value, 2) : value, out);
  }

  private static void writeFragments(PixelData pixels, ByteArrayOutputStream out) {
    ByteArrayOutputStream offsets = new ByteArrayOutputStream();
    for (long offset : pixels.offsets()) {
      offsets.writeBytes(ElementBytes.little((int) offset, 4));
    }
    List<byte[]> items = new ArrayList<>(List.of(offsets.toByteArray()));
    items.addAll(pixels.fragments());
    out.writeBytes(ElementBytes.tag(PIXEL_DATA));
    out.writeBytes(ElementBytes.ascii("OB"));
    out.writeBytes(new byte[2]);
    out.writeBytes(ElementBytes.little(-1, 4));
    out.writeBytes(ElementBytes.items(items));
    out.writeBytes(ElementBytes.tag(Tag.SEQUENCE_END));
    out.writeBytes(new byte[4]);
  }
}
