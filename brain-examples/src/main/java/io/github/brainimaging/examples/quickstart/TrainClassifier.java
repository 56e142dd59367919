package io.github.brainimaging.examples.quickstart;

import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.core.work.Progress;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.zoo.Architectures;
import io.github.brainimaging.models.network.zoo.Head;
import io.github.brainimaging.models.training.ModelWriter;
import io.github.brainimaging.models.training.Trainer;
import io.github.brainimaging.models.training.TrainingOptions;
import io.github.brainimaging.models.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Path;

/** Trains a network from nothing, on images and classes of one's own. */
public final class TrainClassifier {

  private static final int SIZE = 64;

  private TrainClassifier() {}

  /**
   * Prints each epoch, and writes {@code model.onnx} with its card.
   *
   * @param arguments a folder with one folder of images per class; the folder to write to; the
   *     number of epochs
   * @throws IOException if an image cannot be read or the model cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 3) {
      System.err.println("usage: TrainClassifier IMAGES OUT EPOCHS");
      return;
    }
    Path out = Path.of(arguments[1]);
    DataSet.Split data = DataSet.ofFolder(Path.of(arguments[0])).holdOut(0.2, 1);
    ModelInput input = ModelInput.ofSize(SIZE, 1);
    Network network =
        Architectures.named("compact-resnet")
            .describe(Head.POOLED, 1, SIZE, data.training().labels().size());

    TrainingResult result =
        Trainer.of(
                network,
                input,
                TrainingOptions.builder().epochs(Integer.parseInt(arguments[2])).build())
            .train(data.training(), data.validation(), out, Progress.none(), System.out::println);

    var card = ModelCard.builder("own", input, Activation.SOFTMAX, data.training().labels());
    ModelWriter.write(network, result.weights(), card.build(), out.resolve("model.onnx"));
  }
}
