package io.github.brainimaging.examples.cli.command;

import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.core.data.Duplicates;
import io.github.brainimaging.core.geometry.AnatomicalPlane;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.inference.ConformalSets;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.slice.SliceSampling;
import io.github.brainimaging.examples.cli.file.Input;
import io.github.brainimaging.examples.cli.file.LeftOut;
import io.github.brainimaging.examples.cli.file.Terminal;
import io.github.brainimaging.examples.cli.file.VolumeInput;
import io.github.brainimaging.examples.cli.option.DataOptions;
import io.github.brainimaging.examples.cli.option.ModelOptions;
import io.github.brainimaging.examples.cli.option.Numbers;
import io.github.brainimaging.examples.cli.run.ProgressLine;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelDomain;
import io.github.brainimaging.models.onnx.Calibrator;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import io.github.brainimaging.models.training.ModelWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Fits a model's probabilities and the distance by which it refuses images. */
@Command(
    name = "calibrate",
    mixinStandardHelpOptions = true,
    description =
        "Fits a model's probabilities, sets of labels that hold the true one, and the distance by"
            + " which it refuses images that it was not made for, to the images that it was trained"
            + " on and to some that it was not.")
public final class CalibrateCommand implements Callable<Integer> {

  /** Slices of a volume in each plane in which its voxels are not too coarse. */
  private static final int SLICES = 30;

  private static final double COARSE = 1.5;

  /** At 0.95 the sets of a class need that many images to mean anything. */
  private static final int FEW = 20;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Mixin private final ModelOptions model = new ModelOptions();

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR|LIST.csv",
      description =
          "What the model was trained on: one folder per class; or a list with the columns path,"
              + " label and, if wanted, group.")
  private Path data = Path.of("");

  @Option(
      names = "--groups",
      paramLabel = "REGEX",
      description =
          "As in the training: the patient, what the first parentheses hold of each path, for"
              + " example 'lgg/([^/]+)/'.")
  private @Nullable Pattern groups;

  @Option(
      names = "--held-out",
      converter = Numbers.PartialShare.class,
      paramLabel = "SHARE",
      description =
          "As in the training: the share of each class that was held out (default:"
              + " ${DEFAULT-VALUE}).")
  private double heldOut = 0.1;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "Seed of the split, as in the training, so that the same images are held out (default:"
              + " ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(
      names = "--related",
      arity = "1..*",
      paramLabel = "INPUT",
      description =
          "Other images, volumes or folders that the model may be asked about, with a doubt, such"
              + " as other sequences of the same body part.")
  private List<Path> related = List.of();

  @Option(
      names = "--keep",
      converter = Numbers.PositiveShare.class,
      paramLabel = "SHARE",
      description =
          "Share of the images held out that are to be in the domain (default: ${DEFAULT-VALUE}).")
  private double keep = 0.985;

  @Option(
      names = "--keep-related",
      converter = Numbers.PositiveShare.class,
      paramLabel = "SHARE",
      description =
          "Share of the images of a related kind, not shown, that are to be answered with a doubt"
              + " (default: ${DEFAULT-VALUE}).")
  private double keepRelated = 0.8;

  @Option(
      names = "--sets",
      paramLabel = "METHOD",
      description =
          "How sets of labels that hold the true one are made: ${COMPLETION-CANDIDATES} (default:"
              + " ${DEFAULT-VALUE}).")
  private ConformalSets.Method sets = ConformalSets.Method.BY_CLASS;

  @Option(
      names = "--coverage",
      converter = Numbers.PartialShare.class,
      paramLabel = "SHARE",
      description =
          "Share of the images whose set is to hold the true label (default: ${DEFAULT-VALUE}).")
  private double coverage = 0.95;

  @Option(
      names = "--scaling",
      paramLabel = "temperature|vector",
      description =
          "How probabilities are corrected: by one number, which leaves the classes as they are, or"
              + " then also by a factor and a bias for each class, which may change them (default:"
              + " temperature).")
  private Calibrator.Scaling scaling = Calibrator.Scaling.TEMPERATURE;

  @Option(
      names = "--modality",
      paramLabel = "NAME",
      description = "What the images are: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Modality modality = Modality.MR;

  @Option(
      names = "--layer",
      paramLabel = "NAME",
      description = "The layer whose features are compared (default: one in the middle).")
  private @Nullable String layer;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE.onnx",
      description = "The model with the distance as a second output; its card beside it.")
  private Path out = Path.of("");

  @Override
  public Integer call() throws IOException {
    DataSet read = DataOptions.read(data);
    DataSet all = groups == null ? read : read.groupedBy(groups);
    List<Input> pictures = related.isEmpty() ? List.of() : Input.list(related, out);
    List<Input> images = new ArrayList<>(pictures);
    LeftOut leftOut = new LeftOut();
    List<VolumeInput> volumes = VolumeInput.takeFrom(related, images, null, leftOut);
    leftOut.print(spec.commandLine().getOut());
    ModelCard card;
    try (OnnxClassifier classifier = model.open()) {
      card = classifier.card();
    }
    byte[] bytes = model.source().toBytes();
    DataSet.Split split = withoutCopies(all.holdOut(heldOut, seed));
    try (Calibrator calibrator =
        layer == null ? Calibrator.of(bytes, card) : Calibrator.of(bytes, card, layer)) {
      calibrator.chooseSets(sets, coverage);
      calibrator.chooseScaling(scaling);
      show(split, calibrator);
      show(images, volumes, calibrator);
      Calibrator.Calibrated result = calibrator.fit(keep, keepRelated, modality);
      ModelWriter.write(result.model(), result.card(), out);
      tell(calibrator.layer(), result.card());
    }
    return 0;
  }

  private void tell(String features, ModelCard card) {
    PrintWriter log = spec.commandLine().getOut();
    log.printf(Locale.ROOT, "temperature %.4f%n", card.temperature());
    for (int i = 0; i < card.scaling().factors().size(); i++) {
      log.printf(
          Locale.ROOT,
          "  %s: factor %.4f, bias %.4f%n",
          Terminal.plain(card.labels().get(i)),
          card.scaling().factors().get(i),
          card.scaling().biases().get(i));
    }
    ConformalSets fitted = card.sets();
    String method = fitted.method().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    log.printf(Locale.ROOT, "sets of labels: %s, coverage %s%n", method, fitted.coverage());
    fitted
        .scores()
        .forEach(
            (label, of) -> log.printf("  %s: from %d images%n", Terminal.plain(label), of.size()));
    log.printf(
        "domain: %s, by the features of %s%n", card.domain().modality(), Terminal.plain(features));
    for (ModelDomain.Group group : card.domain().groups()) {
      log.printf(
          Locale.ROOT, "  %s: up to %.4f%n", Terminal.plain(group.name()), group.threshold());
    }
    log.println("model: " + out);
    log.flush();
  }

  /** Of a copy of what it learned the model is surer than of what it never saw. */
  private DataSet.Split withoutCopies(DataSet.Split split) throws IOException {
    DataSet held = split.validation();
    List<Path> copies = Duplicates.between(held, split.training(), Duplicates.NEAR).files();
    int count = held.images().size();
    if (copies.size() == count) {
      throw new ParameterException(
          spec.commandLine(),
          "all "
              + count
              + " images held out are copies of such that the model learned from: nothing can be"
              + " fitted");
    }
    if (!copies.isEmpty()) {
      spec.commandLine()
          .getOut()
          .printf(
              "%d of %d images held out are copies of such that the model learned from: left out%n",
              copies.size(), count);
    }
    DataSet left = held.without(copies);
    tellFew(left);
    return new DataSet.Split(split.training(), left);
  }

  private void tellFew(DataSet held) {
    int least = held.counts().stream().mapToInt(Integer::intValue).min().orElse(0);
    if (least < FEW) {
      spec.commandLine()
          .getOut()
          .printf(
              "of a class only %d images are held out: what is fitted to fewer than %d says"
                  + " little%n",
              least, FEW);
    }
  }

  private static void show(DataSet.Split split, Calibrator calibrator) throws IOException {
    MedicalImageReader reader = MedicalImageReader.withDefaults();
    int total = split.training().images().size() + split.validation().images().size();
    try (ProgressLine progress = new ProgressLine("images", total)) {
      for (DataSet.LabeledFile labeled : split.training().images()) {
        calibrator.learned(reader.read(labeled.file()));
        progress.step();
      }
      for (DataSet.LabeledFile labeled : split.validation().images()) {
        String label = split.validation().labels().get(labeled.label());
        calibrator.heldOut(reader.read(labeled.file()), label);
        progress.step();
      }
    }
  }

  private static void show(List<Input> images, List<VolumeInput> volumes, Calibrator calibrator)
      throws IOException {
    MedicalImageReader reader = MedicalImageReader.withDefaults();
    try (ProgressLine progress = new ProgressLine("related", images.size() + volumes.size())) {
      for (VolumeInput volume : volumes) {
        show(volume.read(), volume.name(), calibrator);
        progress.step();
      }
      for (Input image : images) {
        Path folder = image.file().toAbsolutePath().getParent();
        calibrator.related(reader.read(image.file()), String.valueOf(folder));
        progress.step();
      }
    }
  }

  /** The slices of each plane in which the voxels are not too coarse are a kind of their own. */
  private static void show(MedicalVolume volume, String name, Calibrator calibrator) {
    for (AnatomicalPlane plane : AnatomicalPlane.values()) {
      List<MedicalImage> slices = SliceSampling.equallySpaced(plane, SLICES).slices(volume);
      var spacing = slices.get(0).spacing();
      double ratio = spacing.isKnown() ? spacing.x() / spacing.y() : 1;
      if (ratio < COARSE && ratio > 1 / COARSE) {
        slices.forEach(slice -> calibrator.related(slice, name + " " + plane));
      }
    }
  }
}
