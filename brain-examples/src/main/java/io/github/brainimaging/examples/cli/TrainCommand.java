package io.github.brainimaging.examples.cli;

import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.augmentation.GaussianNoise;
import io.github.brainimaging.core.augmentation.RandomAffine;
import io.github.brainimaging.core.augmentation.RandomBlur;
import io.github.brainimaging.core.augmentation.RandomContrast;
import io.github.brainimaging.core.augmentation.RandomFlip;
import io.github.brainimaging.core.augmentation.RandomGamma;
import io.github.brainimaging.core.augmentation.Sometimes;
import io.github.brainimaging.core.internal.AtomicFiles;
import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.core.transform.spatial.Interpolation;
import io.github.brainimaging.models.architecture.CompactResNet;
import io.github.brainimaging.models.architecture.Network;
import io.github.brainimaging.models.architecture.OnnxExport;
import io.github.brainimaging.models.onnx.ModelInput;
import io.github.brainimaging.models.training.EpochResult;
import io.github.brainimaging.models.training.ImageFolder;
import io.github.brainimaging.models.training.Trainer;
import io.github.brainimaging.models.training.TrainingListener;
import io.github.brainimaging.models.training.TrainingOptions;
import io.github.brainimaging.models.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains the compact network on a folder of images, as the embedded model was trained. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = "Trains the compact residual network; goes on where it stopped if called again.")
final class TrainCommand implements Callable<Integer> {

  private static final int SIZE = 128;
  private static final double HELD_OUT = 0.1;

  @Option(names = "--data", required = true, description = "Folder with one folder per class.")
  private Path data = Path.of("");

  @Option(
      names = "--out",
      required = true,
      description = "Folder for checkpoint, history and model.")
  private Path out = Path.of("");

  @Option(names = "--epochs", description = "Passes over the data (default: ${DEFAULT-VALUE}).")
  private int epochs = 60;

  @Option(
      names = "--seed",
      description = "Equal seeds give equal results (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  private static Augmentation augmentation() {
    return RandomFlip.of(0.5, 0.1)
        .then(
            RandomAffine.identity()
                .withRotationDegrees(20)
                .withScale(0.8, 1.15)
                .withTranslation(0.08)
                .withShearDegrees(5))
        .then(RandomGamma.ofGamma(0.7, 1.4))
        .then(RandomContrast.ofFactor(0.7, 1.3))
        .then(Sometimes.of(0.25, RandomBlur.withDefaults()))
        .then(Sometimes.of(0.25, GaussianNoise.withDefaults()));
  }

  @Override
  public Integer call() throws IOException {
    // One thread trains, the other core augments; more threads make these small convolutions no
    // faster.
    if (System.getProperty("ai.djl.pytorch.num_threads") == null) {
      System.setProperty("ai.djl.pytorch.num_threads", "1");
    }
    ImageFolder.Split split = ImageFolder.read(data).holdOut(HELD_OUT, seed);
    Network network = CompactResNet.describe(SIZE, split.training().labels().size());
    ModelInput input =
        new ModelInput(
            SIZE,
            SIZE,
            1,
            Layout.NCHW,
            ModelInput.Fit.FOREGROUND,
            Interpolation.AREA,
            ModelInput.Normalization.Z_SCORE);
    TrainingOptions options =
        TrainingOptions.withDefaults()
            .withEpochs(epochs)
            .withSeed(seed)
            .withAugmentation(augmentation());
    TrainingResult result =
        Trainer.of(network, input, options)
            .train(
                split.training(),
                split.validation(),
                out,
                new TrainingListener() {
                  private long last = System.nanoTime();

                  @Override
                  public void onEpoch(EpochResult e) {
                    long now = System.nanoTime();
                    System.out.printf("%s  %.1f s%n", e, (now - last) / 1e9);
                    last = now;
                  }
                });
    byte[] model = OnnxExport.toBytes(network, result.weights(), Map.of());
    AtomicFiles.write(out.resolve("model.onnx"), stream -> stream.write(model));
    return 0;
  }
}
