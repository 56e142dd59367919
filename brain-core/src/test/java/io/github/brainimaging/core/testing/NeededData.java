package io.github.brainimaging.core.testing;

import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * Under {@code -Dbrain.data.required=true}, a test that would be skipped for want of data fails: it
 * is tagged {@code data}. Registered for all modules as a service.
 */
public final class NeededData implements TestExecutionExceptionHandler {

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable problem)
      throws Throwable {
    throw judged(problem, context.getTags(), Boolean.getBoolean("brain.data.required"));
  }

  /** A failure in the place of a skip, where data is required; else what there is. */
  static Throwable judged(Throwable problem, Set<String> tags, boolean required) {
    return required && problem instanceof TestAbortedException && tags.contains("data")
        ? new AssertionError("data is missing: " + problem.getMessage(), problem)
        : problem;
  }
}
