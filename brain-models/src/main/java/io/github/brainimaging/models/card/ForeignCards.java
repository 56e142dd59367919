package io.github.brainimaging.models.card;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds out whose configuration lies beside a network. */
final class ForeignCards {

  private ForeignCards() {}

  static Optional<VolumeCard> beside(Path model) {
    for (Path folder : places(model.toAbsolutePath().normalize())) {
      List<VolumeCard> found = new ArrayList<>();
      if (Files.isRegularFile(folder.resolve(NnUNetPlans.FILE))) {
        found.add(NnUNetPlans.card(folder));
      }
      if (Files.isRegularFile(folder.resolve(MonaiBundle.FILE))) {
        found.add(MonaiBundle.card(folder));
      }
      if (Files.isRegularFile(folder.resolve(RaidionicsSettings.FILE))) {
        found.add(RaidionicsSettings.card(folder));
      }
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
