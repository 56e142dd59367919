package io.github.brainimaging.examples.cli.run;

import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.registration.Registration;
import io.github.brainimaging.core.registration.Registration.Aligned;
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
   * @throws IOException if nothing was found or one cannot be registered, with the names of the
   *     files
   */
  public static <T> Aligned<T> align(
      Registration how, Path fixed, Path moving, Function<Registration, Aligned<T>> align)
      throws IOException {
    Aligned<T> result;
    try (ProgressLine progress = new ProgressLine("searches", -1)) {
      result = align.apply(how.withProgress(progress));
    } catch (IllegalArgumentException e) {
      throw new IOException(moving + " (moving) on " + fixed + " (fixed): " + e.getMessage(), e);
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
   * How it was moved, and what speaks against it, a line each.
   *
   * @param what what was moved
   * @param unit that of the shift
   */
  public static String text(String what, Aligned<?> result, String unit) {
    RigidTransform found = result.rigid();
    StringBuilder text = new StringBuilder();
    text.append(what).append(' ').append(found.words(unit));
    if (!result.transform().equals(found.toAffine())) {
      VoxelSpacing stretch = result.transform().spacing();
      text.append(
          String.format(
              Locale.ROOT,
              ", stretched by %.3f, %.3f, %.3f along x, y, z",
              1 / stretch.x(),
              1 / stretch.y(),
              1 / stretch.z()));
    }
    text.append(
        String.format(
            Locale.ROOT,
            "; normalized mutual information %.4f, before %.4f; %.0f %% overlap%s",
            result.measure(),
            result.before(),
            100 * result.overlap(),
            result.converged() ? "" : "; NOT CONVERGED, the best so far"));
    result.doubts().forEach(doubt -> text.append("\ndoubtful: ").append(doubt));
    return text.toString();
  }
}
