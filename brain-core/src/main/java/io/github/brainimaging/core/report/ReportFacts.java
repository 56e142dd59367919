package io.github.brainimaging.core.report;

import java.util.Objects;

/**
 * What a report says once, of all its results.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param model name of the model that classified, empty if there is none
 * @param device what the model ran on, such as {@code cpu}, empty if there is no model
 */
public record ReportFacts(String model, String device) {

  /**
   * Checks that both are there.
   *
   * @param model name of the model that classified, empty if there is none
   * @param device what the model ran on, empty if there is no model
   */
  public ReportFacts {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(device, "device");
  }

  /** Said in every report. */
  static final String NOTICE =
      "Not a medical device: for research and development, not for diagnosis or treatment."
          + " Classes and outlines can be wrong.";

  /** The version of the library, as the manifest of its jar says. */
  static String version() {
    String version = ReportFacts.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
