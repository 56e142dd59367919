package io.github.brainimaging.models.training;

import static io.github.brainimaging.models.training.LearningOptions.USUAL;

import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.data.ClinicalTable;
import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.core.data.ImageMaskPairs;
import io.github.brainimaging.core.data.SequenceSet;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.core.testing.OptionContract.Observation;
import io.github.brainimaging.core.testing.OptionContract.Option;
import io.github.brainimaging.core.work.Progress;
import io.github.brainimaging.models.card.ClinicalColumns;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.format.OnnxExport;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Dense;
import io.github.brainimaging.models.network.layer.GlobalAveragePool;
import io.github.brainimaging.models.network.layer.Softmax;
import io.github.brainimaging.models.network.zoo.Head;
import io.github.brainimaging.models.network.zoo.SliceSequences;
import io.github.brainimaging.models.onnx.FeatureExtractor;
import io.github.brainimaging.models.onnx.ModelSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Options of the trainers themselves: what has been learned. */
public final class TrainerOptions {

  private static final List<FeatureExtractor> opened = new ArrayList<>();

  private static final int SIZE = Stripes.SIZE;
  private static final ModelInput INPUT = ModelInput.ofSize(SIZE, 1);
  private static final TrainingOptions ONCE = USUAL.toBuilder().epochs(1).build();
  private static final ClassificationLoss HARD =
      ClassificationLoss.withDefaults().withLabelSmoothing(0);
  private static final Augmentation MIRRORED = Augmentation.flip(1, 0);
  private static final List<String> LABELS = List.of("columns", "rows");

  /** All of the image is a lesion. */
  private static final Augmentation MARKED = marked().named("marked");

  private static Augmentation marked() {
    return (image, random) -> {
      float[] samples = image.samples();
      Arrays.fill(samples, samples.length / 2, samples.length, 1);
      return image.wrapSamples(samples);
    };
  }

  private TrainerOptions() {}

  /** All of them. */
  public static List<Option> all(Path folder) throws IOException {
    return Stream.of(images(folder), sequences(folder), masks(folder), heads(folder))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Option> images(Path folder) throws IOException {
    Trainer trainer = LearningOptions.trainer(USUAL);
    Observation<Trainer> learned = LearningOptions.learned(folder);
    return List.of(
        Option.of(
            "Trainer.startingFrom",
            trainer,
            trainer.startingFrom(Weights.random(LearningOptions.network(), 8)),
            learned),
        Option.of("Trainer.withAugmentation", trainer, trainer.withAugmentation(MIRRORED), learned),
        Option.of("Trainer.withLoss", trainer, trainer.withLoss(HARD), learned),
        Option.of(
            "Trainer.withPaintedLesions",
            trainer,
            trainer.withPaintedLesions(MARKED, LABELS.get(0), LABELS.get(1)),
            learned));
  }

  private static List<Option> sequences(Path folder) throws IOException {
    DataSet stripes = LearningOptions.stripes(folder).validation();
    List<SequenceSet.Sequence> pairs =
        stripes.images().stream()
            .filter(i -> i.file().toString().matches(".*[0-5].png"))
            .map(i -> new SequenceSet.Sequence(List.of(i.file()), i.label(), ""))
            .toList();
    SequenceSet set = new SequenceSet(stripes.labels(), pairs);
    SequenceTrainer trainer =
        SequenceTrainer.of(SliceSequences.DENSENET_LSTM.describe(1, SIZE, 2, 2), INPUT, ONCE);
    Observation<SequenceTrainer> learned =
        t -> t.train(set, set, out(folder), Progress.none(), epoch -> {}).lastWeights().tensors();
    return List.of(
        Option.of(
            "SequenceTrainer.withAugmentation",
            trainer,
            trainer.withAugmentation(MIRRORED),
            learned),
        Option.of("SequenceTrainer.withLoss", trainer, trainer.withLoss(HARD), learned));
  }

  private static Path out(Path folder) throws IOException {
    return Files.createTempDirectory(folder, "out");
  }

  /** What is bright is to be found; every second image has an empty mask. */
  private static ImageMaskPairs masked(Path folder) throws IOException {
    Path data = folder.resolve("masked");
    if (Files.notExists(data)) {
      Files.createDirectories(data);
      List<DataSet.LabeledFile> files = LearningOptions.stripes(folder).training().images();
      for (int i = 0; i < 8; i++) {
        MedicalImage image = MedicalImageReader.withDefaults().read(files.get(i).file());
        PngImageWriter.write(image, data.resolve(i + ".png"));
        PngImageWriter.write(
            i % 2 == 0 ? Mask.empty(SIZE, SIZE) : Mask.above(image, 140),
            data.resolve(i + "_mask.png"));
      }
    }
    return ImageMaskPairs.read(data, data);
  }

  private static List<Option> masks(Path folder) throws IOException {
    ImageMaskPairs pairs = masked(folder);
    Network network = Network.input("tiny", 1, SIZE, SIZE).then("conv", Conv2d.same(1, 3)).build();
    MaskTrainer trainer =
        MaskTrainer.of(network, INPUT, ONCE.toBuilder().batchSize(4).averaging(0).build());
    MaskLoss usual = MaskLoss.withDefaults();
    Observation<MaskTrainer> learned =
        t ->
            t.train(pairs, pairs, out(folder), Progress.none(), epoch -> {})
                .lastWeights()
                .tensors();
    return List.of(
        Option.of(
            "MaskTrainer.startingFrom",
            trainer,
            trainer.startingFrom(Weights.random(network, 8)),
            learned),
        Option.of(
            "MaskTrainer.withGeometry",
            trainer,
            trainer.withGeometry(Augmentation.flip(0.5, 0.5)),
            learned),
        Option.of(
            "MaskTrainer.withIntensities",
            trainer,
            trainer.withIntensities(Augmentation.contrast(2, 2)),
            learned),
        Option.of("MaskTrainer.withEmptyShare", trainer, trainer.withEmptyShare(0), learned),
        Option.of(
            "MaskTrainer.withLoss", trainer, trainer.withLoss(usual.withTumorWeight(2)), learned),
        Option.of(
            "MaskLoss.withTumorWeight",
            usual,
            usual.withTumorWeight(3),
            loss -> learned.of(trainer.withLoss(loss))),
        Option.of(
            "MaskLoss.withHardestShare",
            usual,
            usual.withHardestShare(0.2),
            loss -> learned.of(trainer.withLoss(loss))));
  }

  /** Frees what the options hold, after the last observation. */
  public static void close() {
    opened.forEach(FeatureExtractor::close);
    opened.clear();
  }

  private static List<Option> heads(Path folder) throws IOException {
    DataSet.Split split = LearningOptions.stripes(folder);
    Network backbone =
        Network.input("backbone", 1, SIZE, SIZE)
            .then("conv", Conv2d.same(12, 3))
            .then(new GlobalAveragePool())
            .build();
    byte[] onnx = OnnxExport.toBytes(backbone, Weights.random(backbone, 1), Map.of());
    Network head =
        Network.input("head", List.of(12))
            .then("dense", new Dense(2))
            .then("probabilities", new Softmax())
            .build();
    Network wider = Head.LINEAR.describe(List.of(13), 2);
    FeatureExtractor extractor =
        FeatureExtractor.open(ModelSource.ofBytes(onnx, "backbone"), INPUT);
    opened.add(extractor);
    HeadTrainer trainer = HeadTrainer.of(extractor, head, ONCE, folder.resolve("features"));
    Observation<HeadTrainer> learned =
        t ->
            t.train(split.training(), split.validation(), out(folder), Progress.none(), epoch -> {})
                .lastWeights()
                .tensors();
    return List.of(
        Option.of("HeadTrainer.withCopies", trainer, trainer.withCopies(1, MIRRORED), learned),
        Option.of("HeadTrainer.withLoss", trainer, trainer.withLoss(HARD), learned),
        table(HeadTrainer.of(extractor, wider, ONCE, folder.resolve("features")), learned));
  }

  /** The same head without a row for each image does not train: one table against another. */
  private static Option table(HeadTrainer trainer, Observation<HeadTrainer> learned) {
    ClinicalColumns age =
        new ClinicalColumns(List.of(new ClinicalColumns.Quantity("age", 5, 3, 0)));
    ClinicalColumns turned =
        new ClinicalColumns(List.of(new ClinicalColumns.Quantity("age", 9, 1, 0)));
    Map<String, Map<String, String>> rows =
        IntStream.range(0, 100)
            .mapToObj(Integer::toString)
            .collect(Collectors.toMap(name -> name, name -> Map.of("age", name)));
    ClinicalTable table = new ClinicalTable(rows);
    return Option.of(
        "HeadTrainer.withTable",
        trainer.withTable(table, age),
        trainer.withTable(table, turned),
        learned);
  }
}
