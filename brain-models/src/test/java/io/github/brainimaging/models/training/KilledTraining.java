package io.github.brainimaging.models.training;

import ai.djl.engine.Engine;
import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.core.work.Progress;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.layer.BatchNorm;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Dense;
import io.github.brainimaging.models.network.layer.Dropout;
import io.github.brainimaging.models.network.layer.GlobalAveragePool;
import io.github.brainimaging.models.network.layer.Relu;
import io.github.brainimaging.models.network.layer.Softmax;
import java.io.IOException;
import java.nio.file.Path;

/** The program that {@link KillTest} kills: trains, and says on stdout which step it has done. */
final class KilledTraining {

  /** A third argument: DJL has been used, and the training runs, with a class loader without it. */
  static final String FOREIGN = "foreign";

  private KilledTraining() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length > 2 && arguments[2].equals(FOREIGN)) {
      Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
      if (Engine.hasEngine("PyTorch")) {
        throw new IllegalStateException("the class loader is not foreign to DJL");
      }
    }
    TrainingResult result =
        train(
            Path.of(arguments[0]),
            Path.of(arguments[1]),
            (what, done, total) -> {
              System.out.println("step " + done);
              System.out.flush();
            });
    System.out.println("done " + result.bestEpoch());
  }

  static TrainingResult train(Path data, Path folder, Progress progress) throws IOException {
    DataSet.Split split = DataSet.ofFolder(data).holdOut(0.25, 1);
    Network network =
        Network.input("tiny", 1, Stripes.SIZE, Stripes.SIZE)
            .then("conv", Conv2d.same(8, 3).withStride(2).withoutBias())
            .then("norm", BatchNorm.withDefaults())
            .then(Relu.plain())
            .then(new GlobalAveragePool())
            .then(new Dropout(0.2f))
            .then("head", new Dense(2))
            .then("probabilities", new Softmax())
            .build();
    TrainingOptions options =
        TrainingOptions.builder().epochs(6).batchSize(8).learningRate(0.02).build();
    return Trainer.of(network, ModelInput.ofSize(Stripes.SIZE, 1), options)
        .withAugmentation(Augmentation.flip(0.5, 0.5))
        .train(split.training(), split.validation(), folder, progress, epoch -> {});
  }
}
