package io.github.brainimaging.core.inference;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the names of labels say of a tumor. Names are compared in lower case, letters and digits
 * only.
 */
final class TumorNames {

  /** Names that leave no doubt that the other labels of the set mean a tumor. */
  private static final Pattern WITHOUT_TUMOR =
      Pattern.compile(
          "(no|non|not|without|absent|free)(brain)?(tumou?rs?|glioma|cancer|lesions?|mass)"
              + "|(tumou?r|lesion|cancer)(free|absent|negative)"
              + "|background|bg|backgr|no|false|negative|neg|absent");

  /** Names of pictures without a finding, beside which there may be other findings than tumors. */
  private static final Pattern NORMAL =
      Pattern.compile(
          "none|(brain)?normals?"
              + "|(normal|healthy)(brain|head|tissue|control|subject|volunteer|person|patient|case|scan"
              + "|image|picture|slice|mri|mr|ct|anatomy)s?"
              + "|healthy|healthypeople|controls?|controlgroup|hc|hcs|cn|no(findings?|diseases?|patholog(y|ies)"
              + "|abnormalit(y|ies))|unremarkable|unaffected|0|class0|label0");

  /** Names of tumors and of their parts. */
  private static final Pattern TUMOR =
      Pattern.compile(
          ".*(tumou?r|glioma|glioblastoma|meningioma|pituitary|astrocytoma|oligodendroglioma"
              + "|ependymoma|medulloblastoma|schwannoma|neurinoma|adenoma|craniopharyngioma"
              + "|germinoma|lymphoma|metasta|cancer|carcinoma|neoplas|lesion|edema|oedema|enhanc"
              + "|necro|malignant|blastoma).*"
              + "|yes|true|positive|pos|present|hgg|lgg|gbm|core|whole|wt|tc|et|ed|ncr|mass");

  private static final Pattern NOT_COMPARED = Pattern.compile("[^\\p{L}\\p{N}]");

  private TumorNames() {}

  static Set<String> among(List<String> labels) {
    Set<String> tumors = new HashSet<>();
    for (String label : labels) {
      if (!isNegative(label)) {
        tumors.add(label);
      }
    }
    return tumors;
  }

  static List<String> doubtful(List<String> labels) {
    boolean told = labels.stream().anyMatch(label -> matches(WITHOUT_TUMOR, label));
    boolean two = labels.size() == 2 && labels.contains("0") && labels.contains("1");
    List<String> doubtful = new ArrayList<>();
    for (String label : labels) {
      if (!told && !two && !isNegative(label) && !matches(TUMOR, label)) {
        doubtful.add(label);
      }
    }
    return doubtful;
  }

  private static boolean isNegative(String label) {
    return matches(WITHOUT_TUMOR, label) || matches(NORMAL, label);
  }

  private static boolean matches(Pattern pattern, String label) {
    String plain = NOT_COMPARED.matcher(label.toLowerCase(Locale.ROOT)).replaceAll("");
    return pattern.matcher(plain).matches();
  }
}
