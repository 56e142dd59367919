package io.github.brainimaging.core.testing;

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
    boolean required = Boolean.getBoolean("brain.data.required");
    if (required && problem instanceof TestAbortedException && context.getTags().contains("data")) {
      throw new AssertionError("data is missing: " + problem.getMessage(), problem);
    }
    throw problem;
  }
}
