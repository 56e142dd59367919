package io.github.brainimaging.core.io.internal.dicom.result;

import java.util.Locale;
import java.util.Optional;

/** What parts of brain lesions are called in DICOM (PS3.16, CID 7168). */
public final class LesionPart {

  private static final CodedConcept EDEMA = CodedConcept.snomed("79654002", "Edema");
  private static final CodedConcept NECROSIS = CodedConcept.snomed("6574001", "Necrosis");
  private static final CodedConcept ENHANCING =
      new CodedConcept("C113842", "NCIt", "Enhancing Lesion");
  private static final CodedConcept NON_ENHANCING =
      new CodedConcept("C81175", "NCIt", "Non-Enhancing Lesion");

  private LesionPart() {}

  /**
   * The code of a part.
   *
   * @param name as networks call it, such as "edema" or "non-enhancing tumor"
   * @return empty if the name tells none, or several at once
   */
  public static Optional<CodedConcept> of(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    boolean necrosis = plain.contains("necro");
    boolean edema = plain.contains("edema");
    boolean not = plain.contains("nonenhanc") || plain.contains("notenhanc");
    boolean enhancing = !not && plain.contains("enhanc");
    if ((necrosis ? 1 : 0) + (edema ? 1 : 0) + (not ? 1 : 0) + (enhancing ? 1 : 0) != 1) {
      return Optional.empty();
    }
    return Optional.of(necrosis ? NECROSIS : edema ? EDEMA : not ? NON_ENHANCING : ENHANCING);
  }
}
