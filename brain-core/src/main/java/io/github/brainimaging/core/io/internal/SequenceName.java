package io.github.brainimaging.core.io.internal;

import io.github.brainimaging.core.image.ScanFacts;
import io.github.brainimaging.core.image.ScanFacts.Fact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which sequence a text names: a description, or the name of a file. */
public final class SequenceName {

  /** As told of a contrast agent; what stands behind a T1 without one. */
  private static final String AGENT = " with contrast agent";

  private static final Pattern PARTS = Pattern.compile("[^a-z0-9+*]+");
  private static final Pattern T1 =
      Pattern.compile(
          "t1(w|wi|weighted|n|pre|se|tse|fse|ffe|tfe|gre|fl2d|mprage|mpr|spgr|vibe|space|cube|mp2rage)?"
              + "|(me|mp2|mp)rage|mpr|f?spgr|bravo");
  private static final Pattern T1_AGENT =
      Pattern.compile("t1w?[+]?(c|ce|gd|gad|gado|gadolinium|km|post|contrast)[+]?");
  private static final Pattern WITH =
      Pattern.compile("[+]?(gd|gad|gado|gadolinium|km|post|postcontrast|contrast|ce)|[+]c|c[+]");
  private static final Pattern WITHOUT =
      Pattern.compile("pre|precontrast|without|ohne|non|no|nativ|native");
  private static final Pattern NOT = Pattern.compile("no|non|not|without|ohne");
  private static final Pattern FLAIR =
      Pattern.compile(
          "(t2w?|[23]d|ax|axial|sag|sagittal|cor|coronal|tra|ir|tse|fse|space|cube|vista|brainview)*"
              + "flair([23]d|w|fs|tse|fse|space|cube|vista|[0-9]+)*|tirm|fla|darkfluid");
  private static final Pattern T2 =
      Pattern.compile("t2(w|wi|weighted|se|tse|fse|frfse|space|cube|blade|propeller)?");

  /** What is neither, and what it is called. */
  private static final Map<String, Pattern> OTHERS = others();

  private static Map<String, Pattern> others() {
    Map<String, Pattern> all = new LinkedHashMap<>();
    all.put("diffusion", Pattern.compile("dwi|dti|adc|trace|tracew|diff(usion)?|ep2d.*|b1000"));
    all.put("T2*", Pattern.compile("t2[*].*|t2star.*|swi|swan|gre|hemo"));
    all.put("PD", Pattern.compile("pdw?|proton"));
    all.put("angiography", Pattern.compile("tof|mra|angio.*"));
    all.put("functional", Pattern.compile("bold|fmri|rest(ing)?"));
    return all;
  }

  private SequenceName() {}

  /**
   * The sequence that a text names.
   *
   * @param text such as {@code t1_mprage_sag_post}
   * @param source where it stands
   * @param agent whether a contrast agent is told elsewhere; a text that says "pre" knows better
   * @return empty if it names none
   */
  public static Optional<Fact> of(String text, String source, boolean agent) {
    List<String> parts = new ArrayList<>(List.of(PARTS.split(text.toLowerCase(Locale.ROOT))));
    boolean told = has(parts, T1_AGENT);
    boolean t1 = told || has(parts, T1);
    String found = "";
    if (t1) { // there is a T1 with "FLAIR" in its name, but no FLAIR with "T1"
      boolean with = told || (!has(parts, WITHOUT) && (agent || has(parts, WITH)));
      found = with ? "T1" + AGENT : "T1";
    } else if (has(parts, FLAIR) && !has(parts, NOT)) {
      found = "FLAIR";
    } else {
      for (Map.Entry<String, Pattern> other : OTHERS.entrySet()) {
        found = found.isEmpty() && has(parts, other.getValue()) ? other.getKey() : found;
      }
      found = found.isEmpty() && has(parts, T2) ? "T2" : found;
    }
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(new Fact(ScanFacts.SEQUENCE, found, source, 1));
  }

  /**
   * What the name of a file says.
   *
   * @param path as it was given; folders do not count
   * @return the sequence, its source {@code file name}; none if the name says none
   */
  public static ScanFacts ofFile(String path) {
    String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    return new ScanFacts(of(name, ScanFacts.FILE_NAME, false).stream().toList());
  }

  private static boolean has(List<String> parts, Pattern pattern) {
    return parts.stream().anyMatch(part -> pattern.matcher(part).matches());
  }
}
