package io.github.brainimaging.examples.quickstart;

import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.core.work.Progress;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.WeightTransfer;
import io.github.brainimaging.models.network.format.WeightFiles;
import io.github.brainimaging.models.network.zoo.Architectures;
import io.github.brainimaging.models.network.zoo.Head;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.training.ModelWriter;
import io.github.brainimaging.models.training.Recipe;
import io.github.brainimaging.models.training.Trainer;
import io.github.brainimaging.models.training.TrainingOptions;
import io.github.brainimaging.models.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Path;

/** Trains the embedded classifier further on images of one's own, of the same four classes. */
public final class FineTune {

  private static final double HELD_OUT = 0.2;
  private static final long SEED = 1;

  private FineTune() {}

  /**
   * Prints each epoch, and writes {@code model.onnx} with its card.
   *
   * @param arguments a folder with one folder of images per class; the folder to write to; the
   *     number of epochs
   * @throws IOException if an image cannot be read or the model cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 3) {
      System.err.println("usage: FineTune IMAGES OUT EPOCHS");
      return;
    }
    DataSet.Split data = DataSet.ofFolder(Path.of(arguments[0])).holdOut(HELD_OUT, SEED);
    Path out = Path.of(arguments[1]);
    Recipe recipe = Recipe.EMBEDDED_CLASSIFIER;
    ModelInput input = recipe.input(128, 1);
    Network network =
        Architectures.named("compact-resnet")
            .describe(Head.POOLED, 1, 128, data.training().labels().size());
    TrainingOptions options =
        recipe.options().toBuilder()
            .epochs(Integer.parseInt(arguments[2]))
            .learningRate(recipe.options().learningRate() / 10) // it has learned already
            .build();

    WeightTransfer learned =
        WeightTransfer.of(network, WeightFiles.readOnnx(ModelSource.embedded().toBytes()), SEED);

    TrainingResult result =
        Trainer.of(network, input, options)
            .withLoss(recipe.loss())
            .withAugmentation(recipe.augmentation())
            .startingFrom(learned.weights())
            .train(data.training(), data.validation(), out, Progress.none(), System.out::println);

    ModelCard card =
        ModelCard.builder("fine-tuned", input, Activation.SOFTMAX, data.training().labels())
            .build();
    ModelWriter.write(network, result.weights(), card, out.resolve("model.onnx"));
  }
}
