package io.github.brainimaging.core.image;

import java.util.List;
import java.util.Objects;

/** What a {@link MedicalImage} knows of its samples. */
record ImageContext(
    Spacing spacing, Modality modality, Scale scale, List<String> warnings, ScanFacts facts) {

  static final ImageContext UNKNOWN =
      new ImageContext(
          Spacing.UNKNOWN, Modality.UNKNOWN, Scale.UNKNOWN, List.of(), ScanFacts.none());

  /** What values mean; NaN for what is not told. */
  record Scale(float maximum, float black, float white) {
    static final Scale UNKNOWN = new Scale(Float.NaN, Float.NaN, Float.NaN);
  }

  ImageContext {
    Objects.requireNonNull(spacing, "spacing");
    Objects.requireNonNull(modality, "modality");
    warnings = List.copyOf(warnings);
    Objects.requireNonNull(facts, "facts");
  }

  ImageContext withSpacing(Spacing newSpacing) {
    return new ImageContext(newSpacing, modality, scale, warnings, facts);
  }

  ImageContext withModality(Modality newModality) {
    return new ImageContext(spacing, newModality, scale, warnings, facts);
  }

  ImageContext withScale(Scale newScale) {
    return new ImageContext(spacing, modality, newScale, warnings, facts);
  }

  ImageContext withWarnings(List<String> newWarnings) {
    return new ImageContext(spacing, modality, scale, newWarnings, facts);
  }

  ImageContext withFacts(ScanFacts newFacts) {
    return new ImageContext(spacing, modality, scale, warnings, newFacts);
  }

  /** Equal spacing, modality, nominal maximum and display range, whatever else was told. */
  boolean meansTheSame(ImageContext other) {
    return spacing.equals(other.spacing) && modality == other.modality && scale.equals(other.scale);
  }

  /** How many warnings and facts there are, for a text; empty where there are none. */
  static String counts(List<String> warnings, ScanFacts facts) {
    String doubts = warnings.isEmpty() ? "" : ", warnings=" + warnings.size();
    return doubts + (facts.facts().isEmpty() ? "" : ", facts=" + facts.facts().size());
  }
}
