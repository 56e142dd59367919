package io.github.brainimaging.core.pipeline;

import java.util.Optional;

/**
 * What became of one input of a batch: an {@link Analysis}, or the failure that prevented it.
 *
 * <p>Immutable and safe to share between threads.
 */
public sealed interface Outcome {

  /**
   * The input.
   *
   * @return the path of the file, or what the caller named the image
   */
  String input();

  /**
   * The analysis.
   *
   * @return empty if the input failed
   */
  Optional<Analysis> analysis();

  /**
   * Why the input failed.
   *
   * @return kind and message of the exception; empty if there is an analysis
   */
  Optional<String> error();

  /**
   * An input that was analyzed.
   *
   * @param result the analysis
   */
  record Success(Analysis result) implements Outcome {
    @Override
    public String input() {
      return result.input();
    }

    @Override
    public Optional<Analysis> analysis() {
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
   * @param input the path of the file
   * @param cause what was thrown
   */
  record Failure(String input, Exception cause) implements Outcome {
    @Override
    public Optional<Analysis> analysis() {
      return Optional.empty();
    }

    @Override
    public Optional<String> error() {
      String kind = cause.getClass().getSimpleName();
      return Optional.of(cause.getMessage() == null ? kind : kind + ": " + cause.getMessage());
    }
  }
}
