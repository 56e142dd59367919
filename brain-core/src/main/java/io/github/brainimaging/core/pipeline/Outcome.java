package io.github.brainimaging.core.pipeline;

import java.util.Optional;

/**
 * What became of one input of a batch: an analysis, or the failure that prevented it.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param <A> {@link Analysis} of an image, {@link VolumeAnalysis} of a volume
 * @since 0.1.0
 */
public sealed interface Outcome<A> {

  /**
   * The input.
   *
   * @return the path of the file, or what the caller named the input
   */
  String input();

  /**
   * The analysis.
   *
   * @return empty if the input failed
   */
  Optional<A> analysis();

  /**
   * Why the input failed.
   *
   * @return kind and message of the exception; empty if there is an analysis
   */
  Optional<String> error();

  /**
   * An input that was analyzed.
   *
   * @param <A> the kind of analysis
   * @param input the path of the file, or what the caller named the input
   * @param result the analysis
   */
  record Success<A>(String input, A result) implements Outcome<A> {
    @Override
    public Optional<A> analysis() {
      return Optional.of(result);
    }

    @Override
    public Optional<String> error() {
      return Optional.empty();
    }
  }

  /**
   * An input that could not be analyzed.
   *
   * @param <A> the kind of analysis
   * @param input the path of the file, or what the caller named the input
   * @param cause what was thrown
   */
  record Failure<A>(String input, Exception cause) implements Outcome<A> {
    @Override
    public Optional<A> analysis() {
      return Optional.empty();
    }

    @Override
    public Optional<String> error() {
      String kind = cause.getClass().getSimpleName();
      return Optional.of(cause.getMessage() == null ? kind : kind + ": " + cause.getMessage());
    }
  }
}
