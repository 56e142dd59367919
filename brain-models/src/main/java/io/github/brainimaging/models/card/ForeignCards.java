package io.github.brainimaging.models.card;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Finds out whose configuration lies beside a network. */
final class ForeignCards {

  private ForeignCards() {}

  static Optional<VolumeCard> beside(Path model) {
    for (Path folder : places(model.toAbsolutePath().normalize())) {
      List<VolumeCard> found = new ArrayList<>();
      read(folder, NnUNetPlans.FILE, NnUNetPlans::card).ifPresent(found::add);
      read(folder, MonaiBundle.FILE, MonaiBundle::card).ifPresent(found::add);
      read(folder, RaidionicsSettings.FILE, RaidionicsSettings::card).ifPresent(found::add);
      if (found.size() > 1) {
        throw new ModelException(
            "%s has the configurations of several programs, expected one of %s, %s, %s"
                .formatted(folder, NnUNetPlans.FILE, MonaiBundle.FILE, RaidionicsSettings.FILE));
      }
      if (!found.isEmpty()) {
        return Optional.of(found.get(0));
      }
    }
    return Optional.empty();
  }

  private static Optional<VolumeCard> read(
      Path folder, String file, Function<Path, VolumeCard> reader) {
    if (!Files.isRegularFile(folder.resolve(file))) {
      return Optional.empty();
    }
    try {
      return Optional.of(reader.apply(folder));
    } catch (IllegalArgumentException e) {
      throw new ModelException(folder.resolve(file) + " is not valid: " + e.getMessage(), e);
    }
  }

  private static List<Path> places(Path model) {
    List<Path> places = new ArrayList<>();
    Path folder = model.getParent();
    for (int i = 0; i < 2 && folder != null; i++) {
      places.add(folder);
      places.add(folder.resolve("configs"));
      folder = folder.getParent();
    }
    return places;
  }
}
