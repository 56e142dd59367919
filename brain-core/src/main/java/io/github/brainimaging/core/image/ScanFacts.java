package io.github.brainimaging.core.image;

import io.github.brainimaging.core.internal.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of how an image was made, each fact with where it comes from: a header, the name of
 * the file, or a look at the image itself. Free text of a file is never kept, only what it says of
 * the sequence.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param facts in the order in which people read them, each name once
 * @since 0.1.0
 */
public record ScanFacts(List<Fact> facts) {

  /** The source of a fact that only the name of a file tells: {@value}. */
  public static final String FILE_NAME = "file name";

  /** Name of the fact {@value}: {@code MR} or {@code CT}. */
  public static final String MODALITY = "modality";

  /**
   * Name of the fact {@value}: {@code T1}, {@code T1 with contrast agent}, {@code T2}, {@code
   * FLAIR}, or another that the file names, such as {@code PD} or {@code diffusion}.
   */
  public static final String SEQUENCE = "sequence";

  /** Name of the fact {@value}: {@code axial}, {@code coronal} or {@code sagittal}. */
  public static final String PLANE = "plane";

  /** Name of the fact {@value}: {@code in place} or {@code stripped}. */
  public static final String SKULL = "skull";

  private static final ScanFacts NONE = new ScanFacts(List.of());

  private static final Map<String, Modality> SEQUENCES =
      Map.of(
          "T1", Modality.MR_T1,
          "T1 with contrast agent", Modality.MR_T1_CONTRAST,
          "T2", Modality.MR_T2,
          "FLAIR", Modality.MR_FLAIR);

  /**
   * One fact.
   *
   * @param name what it is about, such as {@value ScanFacts#SEQUENCE} or {@code echoTimeMs}
   * @param value what is known, never a person's name, a date or a comment
   * @param source where it comes from: a DICOM attribute's name such as {@code SeriesDescription},
   *     {@code header}, {@code file name}, or {@code image} where it was recognized
   * @param confidence above 0 to 1; 1 for what a file says
   */
  public record Fact(String name, String value, String source, double confidence) {

    /**
     * Checks the values.
     *
     * @param name what it is about
     * @param value what is known
     * @param source where it comes from
     * @param confidence above 0 to 1
     * @throws IllegalArgumentException if a text is blank or the confidence out of range
     */
    public Fact {
      Arguments.require(
          !name.isBlank() && !value.isBlank() && !source.isBlank(),
          "name, value and source must not be blank, got '%s', '%s', '%s'",
          name,
          value,
          source);
      Arguments.require(
          confidence > 0 && confidence <= 1, "confidence must be above 0 to 1, got %s", confidence);
    }
  }

  /**
   * Copies the facts.
   *
   * @param facts each name once
   * @throws IllegalArgumentException if a name stands twice
   */
  public ScanFacts {
    facts = List.copyOf(facts);
    Arguments.require(
        facts.stream().map(Fact::name).distinct().count() == facts.size(),
        "facts must have each name once, got %s",
        facts);
  }

  /**
   * Nothing is known.
   *
   * @return without facts
   */
  public static ScanFacts none() {
    return NONE;
  }

  /**
   * A fact.
   *
   * @param name such as {@value #SEQUENCE}
   * @return empty if it is not known
   */
  public Optional<Fact> find(String name) {
    return facts.stream().filter(fact -> fact.name().equals(name)).findFirst();
  }

  /**
   * The sequence and the modality, as one.
   *
   * @return by {@value #SEQUENCE} where it is one of the four that {@link Modality} has, else by
   *     {@value #MODALITY}; else {@link Modality#UNKNOWN}
   */
  public Modality modality() {
    Optional<Modality> sequence = find(SEQUENCE).map(fact -> SEQUENCES.get(fact.value()));
    if (sequence.isPresent()) {
      return sequence.get();
    }
    return switch (find(MODALITY).map(Fact::value).orElse("")) {
      case "CT" -> Modality.CT;
      case "MR" -> Modality.MR;
      default -> find(SEQUENCE).isPresent() ? Modality.MR : Modality.UNKNOWN;
    };
  }

  /**
   * These facts, and of others those whose names are not among them.
   *
   * @param others such as what was recognized where the file says nothing
   * @return new facts
   */
  public ScanFacts and(ScanFacts others) {
    List<Fact> all = new ArrayList<>(facts);
    others.facts.stream().filter(fact -> find(fact.name()).isEmpty()).forEach(all::add);
    return new ScanFacts(all);
  }
}
