package io.github.brainimaging.examples.cli.run;

import io.github.brainimaging.core.registration.RigidRegistration;
import io.github.brainimaging.core.registration.RigidRegistration.Aligned;
import io.github.brainimaging.core.registration.RigidTransform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;

/** Lays an image of one file on that of another, and tells how it was moved. */
public final class Registered {

  private Registered() {}

  /**
   * Registers, with a progress bar.
   *
   * @throws IOException if nothing was found, with the names of the files
   */
  public static <T> Aligned<T> align(
      Path fixed, Path moving, Function<RigidRegistration, Aligned<T>> align) throws IOException {
    Aligned<T> result;
    try (ProgressLine progress = new ProgressLine("searches", -1)) {
      result = align.apply(RigidRegistration.withDefaults().withProgress(progress));
    }
    if (!(result.measure() > 1)) {
      throw new IOException(
          moving
              + ": cannot be registered, since too little of it lies on "
              + fixed
              + "; expected an overlap of three tenths of the smaller one. Nothing is written");
    }
    return result;
  }

  /**
   * How it was moved, in one line.
   *
   * @param what what was moved
   * @param unit that of the shift
   */
  public static String text(String what, Aligned<?> result, String unit) {
    RigidTransform found = result.transform();
    return String.format(
        Locale.ROOT,
        "%s turned by %.2f, %.2f, %.2f degrees about x, y, z, shifted by %.2f, %.2f, %.2f %s;"
            + " normalized mutual information %.4f%s",
        what,
        found.rotationXDegrees(),
        found.rotationYDegrees(),
        found.rotationZDegrees(),
        found.shiftX(),
        found.shiftY(),
        found.shiftZ(),
        unit,
        result.measure(),
        result.converged() ? "" : "; NOT CONVERGED, the best so far");
  }
}
