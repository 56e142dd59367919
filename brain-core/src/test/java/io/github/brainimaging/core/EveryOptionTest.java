package io.github.brainimaging.core;

import io.github.brainimaging.core.archive.ArchiveOptions;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.FileOptions;
import io.github.brainimaging.core.testing.OptionContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

class EveryOptionTest extends OptionContract {

  @TempDir static Path folder;

  @Override
  protected Class<?> typeOfTheModule() {
    return MedicalImage.class;
  }

  @Override
  protected List<Option> options() throws IOException {
    return Stream.of(
            ImageOptions.all(),
            ExplanationOptions.all(),
            UncertaintyOptions.all(),
            VolumeOptions.all(),
            ArchiveOptions.all(folder),
            FileOptions.all(folder),
            PipelineOptions.slices(folder),
            PipelineOptions.volumes(folder))
        .flatMap(List::stream)
        .toList();
  }
}
