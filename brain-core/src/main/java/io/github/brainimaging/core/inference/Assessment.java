package io.github.brainimaging.core.inference;

import io.github.brainimaging.core.internal.Arguments;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Whether an input is of the kind that a model was made for, and why.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param verdict in short
 * @param reasons in words, for people; at least one unless the input is in the domain
 * @since 0.1.0
 */
public record Assessment(Verdict verdict, List<String> reasons) {

  /** What is made of the input. The later, the worse. */
  public enum Verdict {
    /** Like what the model was made for. */
    IN_DOMAIN("in-domain"),
    /** Answers are given, and told to be doubtful. */
    DOUBTFUL("doubtful"),
    /** No answer: no class is claimed and no mask is drawn, unless the caller insists. */
    OUT_OF_DOMAIN("out-of-domain");

    private final String id;

    Verdict(String id) {
      this.id = id;
    }

    /**
     * The name in reports.
     *
     * @return such as {@code out-of-domain}
     */
    public String id() {
      return id;
    }
  }

  /**
   * Copies the reasons.
   *
   * @param verdict in short
   * @param reasons in words
   * @throws IllegalArgumentException if there is no reason for a doubt
   */
  public Assessment {
    Objects.requireNonNull(verdict, "verdict");
    reasons = List.copyOf(reasons);
    Arguments.require(
        verdict == Verdict.IN_DOMAIN || !reasons.isEmpty(),
        "reasons must be at least one for %s, got none",
        verdict);
  }

  /**
   * Nothing speaks against the input.
   *
   * @return without reasons
   */
  public static Assessment inDomain() {
    return new Assessment(Verdict.IN_DOMAIN, List.of());
  }

  /**
   * The worse of two verdicts, with the reasons of both, this one's first.
   *
   * @param other another look at the same input
   * @return a new assessment
   */
  public Assessment and(Assessment other) {
    Verdict worse = verdict.compareTo(other.verdict) >= 0 ? verdict : other.verdict;
    List<String> all = Stream.concat(reasons.stream(), other.reasons.stream()).distinct().toList();
    return new Assessment(worse, all);
  }

  /**
   * The verdict on the whole of which several parts were looked at, such as slices of a volume:
   * that of more than half of them, or worse.
   *
   * @param parts one or more
   * @return out of domain if more than half are; else doubtful if more than half are not in the
   *     domain; with the most frequent reason and how many parts gave it
   * @throws IllegalArgumentException if there are none
   */
  public static Assessment ofMost(List<Assessment> parts) {
    Arguments.require(!parts.isEmpty(), "parts must be at least one, got %s", parts);
    long out = parts.stream().filter(part -> !part.answers()).count();
    long doubted = parts.stream().filter(part -> part.verdict != Verdict.IN_DOMAIN).count();
    if (2 * doubted <= parts.size()) {
      return inDomain();
    }
    Verdict verdict = 2 * out > parts.size() ? Verdict.OUT_OF_DOMAIN : Verdict.DOUBTFUL;
    List<Assessment> behind =
        parts.stream().filter(part -> part.verdict.compareTo(verdict) >= 0).toList();
    Map<String, Long> reasons = new LinkedHashMap<>();
    behind.forEach(part -> part.reasons.forEach(reason -> reasons.merge(reason, 1L, Long::sum)));
    var most = Collections.max(reasons.entrySet(), Map.Entry.comparingByValue());
    String count = parts.size() == 1 ? "" : most.getValue() + " of " + parts.size() + " slices: ";
    return new Assessment(verdict, List.of(count + most.getKey()));
  }

  /**
   * Whether an answer may be given.
   *
   * @return false if the input is out of the domain
   */
  public boolean answers() {
    return verdict != Verdict.OUT_OF_DOMAIN;
  }

  /** The verdict and its reasons in one line. */
  @Override
  public String toString() {
    return reasons.isEmpty() ? verdict.id : verdict.id + ": " + String.join("; ", reasons);
  }
}
