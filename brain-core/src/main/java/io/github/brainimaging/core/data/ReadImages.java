package io.github.brainimaging.core.data;

import io.github.brainimaging.core.data.DataSet.LabeledFile;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.MedicalImageReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiFunction;

/**
 * What is kept of the images of a data set, in their order.
 *
 * @param kept of each that can be read
 * @param unreadable why others cannot, by file
 */
record ReadImages<T>(List<T> kept, Map<Path, IOException> unreadable) {

  /** Reads all, on all cores. */
  static <T> ReadImages<T> of(DataSet data, BiFunction<LabeledFile, MedicalImage, T> keep) {
    MedicalImageReader reader = MedicalImageReader.withDefaults();
    Map<Path, IOException> unreadable = new ConcurrentSkipListMap<>();
    List<T> kept =
        data.images().parallelStream()
            .map(
                image -> {
                  try {
                    return Optional.of(keep.apply(image, reader.read(image.file())));
                  } catch (IOException e) {
                    unreadable.put(image.file(), e);
                    return Optional.<T>empty();
                  }
                })
            .flatMap(Optional::stream)
            .toList();
    return new ReadImages<>(kept, unreadable);
  }
}
