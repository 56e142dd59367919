package io.github.brainimaging.models;

import io.github.brainimaging.core.testing.OptionContract;
import io.github.brainimaging.models.card.CardOptions;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.network.LayerOptions;
import io.github.brainimaging.models.onnx.ModelOptions;
import io.github.brainimaging.models.onnx.VolumeNetworkOptions;
import io.github.brainimaging.models.training.LearningOptions;
import io.github.brainimaging.models.training.TrainerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;

class EveryOptionTest extends OptionContract {

  @TempDir static Path folder;

  @Override
  protected Class<?> typeOfTheModule() {
    return ModelCard.class;
  }

  @Override
  protected List<Option> options() throws IOException {
    return Stream.of(
            CardOptions.all(),
            LayerOptions.all(),
            ModelOptions.all(),
            VolumeNetworkOptions.all(),
            LearningOptions.all(folder),
            TrainerOptions.all(folder))
        .flatMap(List::stream)
        .toList();
  }

  @AfterAll
  static void free() {
    TrainerOptions.close();
  }
}
