package io.github.brainimaging.models.card;

import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.image.ScanFacts;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.Assessment.Verdict;
import io.github.brainimaging.core.internal.Arguments;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a model was made for: the modality, and how far the features of an image may lie from those
 * of known images. The distances are a second output of the network, {@value #DISTANCES}, one per
 * group: see {@code io.github.brainimaging.models.onnx.Calibrator}, which fits them.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param modality of the images; {@link Modality#UNKNOWN} if any will do
 * @param groups groups of known images, the ones the model learned from first; those of the others
 *     are answered with a doubt. None if nothing is known
 * @param tumorSequences the sequences on which the model has seen tumors: elsewhere, that it finds
 *     none says little ({@link #assessAbsence}). None if nothing is known
 * @since 0.1.0
 */
public record ModelDomain(Modality modality, List<Group> groups, Set<Modality> tumorSequences) {

  /** Name of the network's output of distances: {@value}. */
  public static final String DISTANCES = "domain_distances";

  /** An image may be that much farther away than a threshold, if it shows a tumor for sure. */
  private static final double FARTHER = 2;

  /** A tumor is not to be passed over because of its looks. */
  private static final double SURELY = 0.999;

  /**
   * Images of one kind.
   *
   * @param name what they are, such as {@code the images the model learned from}
   * @param threshold an image of a larger distance is none of them; positive
   */
  public record Group(String name, double threshold) {

    /**
     * Checks the values.
     *
     * @param name what they are
     * @param threshold an image of a larger distance is none of them
     * @throws IllegalArgumentException if the name is blank or the threshold is not positive
     */
    public Group {
      Arguments.require(!name.isBlank(), "name must not be blank, got '%s'", name);
      Arguments.require(
          threshold > 0 && threshold < Double.POSITIVE_INFINITY,
          "threshold must be positive, got %s",
          threshold);
    }
  }

  /**
   * Copies the groups and sequences.
   *
   * @param modality of the images
   * @param groups groups of known images
   * @param tumorSequences the sequences on which the model has seen tumors
   */
  public ModelDomain {
    Objects.requireNonNull(modality, "modality");
    groups = List.copyOf(groups);
    tumorSequences = Collections.unmodifiableSet(new TreeSet<>(tumorSequences));
  }

  /**
   * A domain whose sequences are not known.
   *
   * @param modality of the images
   * @param groups groups of known images
   */
  public ModelDomain(Modality modality, List<Group> groups) {
    this(modality, groups, Set.of());
  }

  /**
   * The same domain with other sequences.
   *
   * @param newTumorSequences the sequences on which the model has seen tumors; none by default
   * @return a new domain
   */
  public ModelDomain withTumorSequences(Set<Modality> newTumorSequences) {
    return new ModelDomain(modality, groups, newTumorSequences);
  }

  /**
   * Nothing is known: every image is in the domain.
   *
   * @return without modality and groups
   */
  public static ModelDomain unknown() {
    return new ModelDomain(Modality.UNKNOWN, List.of());
  }

  /**
   * What to think of an image.
   *
   * @param tumorProbability how likely the model finds a tumor in it; 0 if it does not tell
   * @param distances its distance from each group, in their order
   * @return in the domain if it is of the first group or there is none; doubtful if it is of
   *     another, or shows a tumor with 0.999 or more and is at most twice as far from the first
   *     group as the threshold; else out of the domain
   * @throws IllegalArgumentException if there is not one distance per group
   */
  public Assessment assess(double tumorProbability, double... distances) {
    Arguments.require(
        distances.length == groups.size(),
        "distances must be %s, got %s",
        groups.size(),
        distances.length);
    for (int i = 0; i < distances.length; i++) {
      if (distances[i] <= groups.get(i).threshold()) {
        return i == 0 ? Assessment.inDomain() : doubt(groups.get(i).name());
      }
    }
    return groups.isEmpty()
        ? Assessment.inDomain()
        : unlike(
            tumorProbability >= SURELY && distances[0] <= FARTHER * groups.get(0).threshold()
                ? Verdict.DOUBTFUL
                : Verdict.OUT_OF_DOMAIN,
            distances[0]);
  }

  /**
   * What to think of the answer that there is no tumor. A model that has seen tumors on one
   * sequence only, and none on it, may have learned the sequence.
   *
   * @param facts what the file says of the scan, or what was recognized
   * @return in the domain if the sequence is one of {@link #tumorSequences()} or nothing is known
   *     of those; else doubtful
   */
  public Assessment assessAbsence(ScanFacts facts) {
    if (tumorSequences.isEmpty() || tumorSequences.contains(facts.modality())) {
      return Assessment.inDomain();
    }
    String told =
        facts
            .find(ScanFacts.SEQUENCE)
            .map(
                fact ->
                    fact.confidence() < 1
                        ? "it looks like " + fact.value()
                        : fact.value() + " (" + fact.source() + ")")
            .orElse("its sequence is not known");
    String reason =
        told
            + ", and the model has seen tumors on "
            + tumorSequences.stream().map(ModelDomain::words).collect(Collectors.joining(", "))
            + " only: where it finds none, that says little";
    return new Assessment(Verdict.DOUBTFUL, List.of(reason));
  }

  private static String words(Modality sequence) {
    return sequence.name().replace("MR_", "").replace("_CONTRAST", " with contrast agent");
  }

  private Assessment doubt(String name) {
    String reason = "it looks like " + name + ", not like " + groups.get(0).name();
    return new Assessment(Verdict.DOUBTFUL, List.of(reason));
  }

  private Assessment unlike(Verdict verdict, double distance) {
    String reason =
        String.format(
            Locale.ROOT,
            "it looks unlike %s (distance %.2f, at most %.2f)",
            groups.get(0).name(),
            distance,
            groups.get(0).threshold());
    return new Assessment(verdict, List.of(reason));
  }
}
