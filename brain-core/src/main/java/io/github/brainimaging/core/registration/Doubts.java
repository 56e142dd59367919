package io.github.brainimaging.core.registration;

import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.registration.Registration.Aligned;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What speaks against the result of a registration. */
final class Doubts {

  /** The search begins at turns of up to 15 degrees and comes some ten further. */
  private static final double MOST_DEGREES = 30;

  private static final double LITTLE_OVERLAP = 0.6;

  /** Heads of adults differ from a template by less. */
  private static final double MOST_STRETCH = 1.35;

  /** By so much a measure must be higher to be higher. */
  static final double BETTER = 0.002;

  private Doubts() {}

  static List<String> of(Aligned<?> found) {
    if (!(found.measure() > Alignment.NO_OVERLAP)) {
      return List.of("no place was found where three tenths of the smaller one overlap");
    }
    List<String> doubts = new ArrayList<>();
    if (!found.converged()) {
      doubts.add("the search was ended by its number of steps, this is the best so far");
    }
    if (found.before() > found.measure() + BETTER) {
      doubts.add(
          words(
              "as they lie they match as well, measure %.4f in the place of %.4f",
              found.before(), found.measure()));
    }
    if (found.overlap() < LITTLE_OVERLAP) {
      doubts.add(words("only %.0f %% of the smaller one overlap", 100 * found.overlap()));
    }
    RigidTransform by = found.rigid();
    double turned =
        Math.max(
            Math.abs(by.rotationZDegrees()),
            Math.max(Math.abs(by.rotationXDegrees()), Math.abs(by.rotationYDegrees())));
    if (turned > MOST_DEGREES) {
      doubts.add(words("turned by %.0f degrees, more than is found for sure (about 25)", turned));
    }
    VoxelSpacing stretch = found.transform().spacing();
    for (double factor : new double[] {stretch.x(), stretch.y(), stretch.z()}) {
      if (factor > MOST_STRETCH || factor < 1 / MOST_STRETCH) {
        doubts.add(words("stretched by a factor of %.2f, more than heads differ", 1 / factor));
      }
    }
    return List.copyOf(doubts);
  }

  private static String words(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
