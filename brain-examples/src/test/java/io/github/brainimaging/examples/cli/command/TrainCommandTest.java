package io.github.brainimaging.examples.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.examples.cli.Commands;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.format.OnnxExport;
import io.github.brainimaging.models.network.zoo.Architectures;
import io.github.brainimaging.models.network.zoo.Head;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {

  private static final int SIZE = 16;

  @TempDir Path folder;
  private final StringWriter output = new StringWriter();

  private int run(Object... arguments) {
    output.getBuffer().setLength(0);
    return Commands.run(output, output, arguments);
  }

  /** Bright and dark images of four patients. */
  @BeforeEach
  void draw() throws IOException {
    Random random = new Random(1);
    StringBuilder list = new StringBuilder("path,label,group\n");
    for (int i = 0; i < 24; i++) {
      float[] samples = new float[SIZE * SIZE];
      for (int p = 0; p < samples.length; p++) {
        samples[p] = (i % 2) * 100 + random.nextInt(90);
      }
      String name = i + ".png";
      PngImageWriter.write(MedicalImage.ofGray(SIZE, SIZE, samples), folder.resolve(name));
      list.append(name).append(i % 2 == 0 ? ",dark,p" : ",bright,p").append(i / 6).append('\n');
    }
    Files.writeString(folder.resolve("list.csv"), list);
  }

  private Object[] train(String out, Object... more) {
    Object[] common = {
      "train",
      "--data",
      folder.resolve("list.csv"),
      "--out",
      folder.resolve(out),
      "--size",
      SIZE,
      "--epochs",
      2,
      "--held-out",
      0.25
    };
    Object[] all = Arrays.copyOf(common, common.length + more.length);
    System.arraycopy(more, 0, all, common.length, more.length);
    return all;
  }

  @Test
  void otherSequencesStrippedOrBentBrainsAndPaintedLesionsAreAnotherTraining() {
    assertThat(
            run(
                train(
                    "out",
                    "--architecture=perceptron",
                    "--random-contrast=0.4",
                    "--random-stripping=0.2",
                    "--random-lesions=0.3",
                    "--lesion-class=bright")))
        .isEqualTo(2);
    assertThat(output.toString()).contains("needs a class without tumor");

    assertThat(run(train("out", "--architecture=perceptron", "--random-contrast=0.4")))
        .as(output::toString)
        .isZero();
    assertThat(run(train("out", "--architecture=perceptron", "--random-stripping=0.2")))
        .isEqualTo(1);
    assertThat(output.toString()).contains("RandomIntensityMap").contains("SkullStripper");
    assertThat(run(train("out", "--architecture=perceptron", "--random-bending=0.2"))).isEqualTo(1);
    assertThat(output.toString()).contains("RandomElastic").contains("RandomPerspective");
    assertThat(run(train("out", "--random-stripping=1.2"))).isEqualTo(2);
    assertThat(output.toString()).contains("--random-stripping must be from 0 to 1, got 1.2");
  }

  @Test
  void aHeadIsPutOnTheEmbeddedModelByItsName() throws IOException {
    Path out = folder.resolve("embedded");
    Object[] given = {
      "train",
      "--data",
      folder.resolve("list.csv"),
      "--epochs=1",
      "--held-out=0.25",
      "--backbone",
      "embedded"
    };
    Object[] all = Arrays.copyOf(given, given.length + 2);
    all[given.length] = "--out";
    all[given.length + 1] = out;

    assertThat(run(all)).as(output::toString).isZero();

    assertThat(Files.readString(out.resolve("training.json")))
        .contains("\"backbone\": \"embedded\"");
    assertThat(run("export", out, "--out", folder.resolve("again.onnx"))).isZero();
    assertThat(folder.resolve("again.onnx")).hasSameBinaryContentAs(out.resolve("model.onnx"));
  }

  @Test
  void aNetworkInColorSeesStrippedBrainsToo() {
    assertThat(
            run(
                train(
                    "color",
                    "--architecture=perceptron",
                    "--channels=3",
                    "--random-contrast=0.4",
                    "--random-stripping=1")))
        .as(output::toString)
        .isZero();
  }

  @Test
  void everyOptionOfTheTrainingIsHeeded() throws IOException {
    Object[] usual = {"--architecture", "perceptron"};
    assertThat(run(train("out", usual))).as(output::toString).isZero();
    String[][] changes = {
      {"--batch-size=7", "batch size 7"},
      {"--optimizer=sgd", "optimizer Sgd[momentum=0.9, nesterov=false]"},
      {"--optimizer=nesterov", "optimizer Sgd[momentum=0.9, nesterov=true]"},
      {
        "--optimizer=adam",
        "optimizer Adam[beta1=0.9, beta2=0.999, epsilon=1.0E-8, decoupled=false]"
      },
      {
        "--optimizer=adamw",
        "optimizer Adam[beta1=0.9, beta2=0.999, epsilon=1.0E-8, decoupled=true]"
      },
      {
        "--optimizer=rmsprop --momentum=0.5",
        "optimizer RmsProp[decay=0.9, epsilon=1.0E-7, momentum=0.5]"
      },
      {"--optimizer=nesterov --momentum=0.8", "optimizer Sgd[momentum=0.8, nesterov=true]"},
      {"--learning-rate=0.002", "learning rate 0.002"},
      {"--warm-up=1", "warm-up epochs 1.0"},
      {"--schedule=cosine", "schedule Cosine[]"},
      {"--schedule=steps", "schedule Steps[factor=0.1, everyEpochs=1.0]"},
      {"--schedule=exponential", "schedule Exponential[factorPerEpoch=0.97]"},
      {"--schedule=inverse", "schedule Inverse[decay=0.1]"},
      {"--weight-decay=0.1", "weight decay 0.1"},
      {"--loss=focal", "loss FOCAL"},
      {"--label-smoothing=0.2", "label smoothing 0.2"},
      {"--class-weights=balanced", "class weights [1.0, 1.0]"},
      {"--hardest=0.5", "share of the hardest 0.5"},
      {"--averaging=0.5", "averaging 0.5"},
      {"--patience=4", "patience 4"},
      {"--no-augmentation", "augmentation none"},
      {"--seed=2", "seed 2"},
    };
    String plan = Files.readString(folder.resolve("out/training.json"));
    for (String[] change : changes) {
      Object[] more = ("--architecture perceptron " + change[0]).split(" ");
      assertThat(run(train("out", more))).as(change[0]).isNotZero();
      assertThat(output.toString())
          .contains("belongs to another training: ", change[1] + ", found");
      assertThat(folder.resolve("out/training.json")).as(change[0]).hasContent(plan);
    }
    assertThat(run(train("out", "--optimizer=adam", "--momentum=0.5"))).isNotZero();
    assertThat(output.toString())
        .contains("--momentum is for --optimizer sgd, nesterov or rmsprop");
    Object[] other = {"--architecture", "perceptron", "--seed=2", "--drop-duplicates"};
    assertThat(run(train("out", other))).isEqualTo(1);
    assertThat(folder.resolve("out/duplicates.txt")).doesNotExist();
  }

  @Test
  void trainsExportsAndTakesTheModelAsABackbone() throws IOException {
    Path out = folder.resolve("first");
    assertThat(run(train("first", "--architecture", "perceptron", "--drop-duplicates")))
        .as(output::toString)
        .isZero();
    assertThat(output.toString())
        .contains("perceptron[1, 16, 16]", "18 images to learn from [9, 9]");
    assertThat(out).isDirectoryContaining("glob:**/history.png");
    assertThat(out.resolve("duplicates.txt")).exists();

    assertThat(run("export", out, "--out", folder.resolve("again.onnx"))).isZero();
    assertThat(Files.readAllBytes(folder.resolve("again.onnx")))
        .isEqualTo(Files.readAllBytes(out.resolve("model.onnx")));

    assertThat(run("card", out.resolve("model.onnx"))).isZero();
    assertThat(output.toString())
        .contains("input float32 [batch, 1, 16, 16]", "opset       13", "\"bright\"");

    Path features = folder.resolve("features.csv");
    assertThat(
            run(
                "extract-features",
                folder.resolve("0.png"),
                "--model",
                out.resolve("model.onnx"),
                "--out",
                features))
        .isZero();
    assertThat(Files.readAllLines(features)).hasSize(2).first().isEqualTo("path,f0,f1");

    assertThat(
            run(
                train(
                    "second",
                    "--backbone",
                    out.resolve("model.onnx"), // whose card says that it takes one channel
                    "--normalization",
                    "UNIT",
                    "--fit",
                    "crop",
                    "--test",
                    folder.resolve("list.csv"))))
        .as(output::toString)
        .isZero();
    assertThat(output.toString()).contains("learns pooled[32]", "24 cases");
    assertThat(folder.resolve("second/model.json")).content().contains("\"CROP\"");
    assertThat(run(train("tiled", "--fit", "tiles"))).isEqualTo(2);
    assertThat(output.toString()).contains("--fit tiles is for segmenters");
    assertThat(run("card", folder.resolve("second/model.onnx"))).isZero();
    assertThat(output.toString()).contains("model.onnx with head pooled");

    Path backbone = out.resolve("model.onnx");
    assertThat(run(train("third", "--backbone", backbone, "--random-lesions", "0.4"))).isEqualTo(2);
    assertThat(output.toString()).contains("--random-lesions paints anew in each epoch");
  }

  /** As of another program: no layer has the name that it has here. */
  private Path foreign() throws IOException {
    Network network = Architectures.named("compact-resnet").describe(Head.POOLED, 1, 32, 9);
    byte[] model = OnnxExport.toBytes(network, Weights.random(network, 5), Map.of());
    String text = new String(model, StandardCharsets.ISO_8859_1);
    text = text.replace("stage", "phase").replace("stem", "root");
    return Files.write(folder.resolve("foreign.onnx"), text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void startsFromTheNetworkOfAnotherProgramAndCutsItEarly() throws IOException {
    Path weights = foreign();
    Object[] early = {
      "--weights",
      weights,
      "--architecture",
      "compact-resnet",
      "--head",
      "p1",
      "--layer",
      "relu27",
      "--features",
      folder.resolve("features")
    };
    assertThat(run(train("early", early))).as(output::toString).isZero();
    assertThat(output.toString()).contains("on features of globalaveragepool");
    assertThat(folder.resolve("features").toFile().list()).hasSize(24);

    early[5] = "p5-resnet-plain";
    assertThat(run(train("other", early))).as(output::toString).isZero();
    assertThat(folder.resolve("features").toFile().list()).as("features are shared").hasSize(24);

    assertThat(run(train("x", "--weights", weights, "--architecture", "resnet50"))).isEqualTo(1);
    assertThat(output.toString())
        .contains("foreign.onnx does not fit resnet50: for layer conv1_conv")
        .doesNotContain("epoch");
    early[7] = "stage9";
    assertThat(run(train("x", early))).isEqualTo(2);
    assertThat(output.toString()).contains("nodeName must be a layer of compact-resnet");
  }

  @Test
  void aBackboneWithoutACardTakesWhatItsGraphSays() throws IOException {
    Path out = folder.resolve("bare");
    assertThat(
            run(
                "train",
                "--data",
                folder.resolve("list.csv"),
                "--out",
                out,
                "--epochs=1",
                "--held-out=0.25",
                "--backbone",
                foreign()))
        .as(output::toString)
        .isZero();

    assertThat(run("card", out.resolve("model.onnx"))).isZero();
    assertThat(output.toString()).contains("input float32 [batch, 1, 32, 32]");
  }

  @Test
  void theHistoryIsDrawnAsLargeAndAsSharpAsWanted() throws IOException {
    assertThat(run(train("out", "--architecture=perceptron", "--svg", "--plot-scale=2")))
        .as(output::toString)
        .isZero();

    assertThat(folder.resolve("out/history.svg")).content().contains("<svg");
    assertThat(MedicalImageReader.withDefaults().read(folder.resolve("out/history.png")).width())
        .isEqualTo(2560);
  }

  @Test
  void foldsAreTrainedOneAfterTheOther() {
    assertThat(run(train("folds", "--architecture", "perceptron", "--folds", 2)))
        .as(output::toString)
        .isZero();
    assertThat(output.toString()).contains("2 folds: accuracy");
    assertThat(folder.resolve("folds/fold2/model.onnx")).exists();
  }

  /** All bright images are of one patient, who is never parted. */
  @Test
  void aClassThatIsNotHeldOutIsToldOf() throws IOException {
    Path list = folder.resolve("list.csv");
    Files.writeString(list, Files.readString(list).replaceAll(",bright,p.", ",bright,q"));
    assertThat(run(train("x", "--architecture=perceptron"))).as(output::toString).isZero();
    assertThat(output.toString())
        .contains("warning: no image of class bright held out: nothing tells how well it is known");
  }

  /** Not after the last epoch. */
  @Test
  void anUnknownClassOfTheTestImagesIsToldBeforeTheFirstEpoch() throws IOException {
    String list =
        Files.readString(folder.resolve("list.csv")).replace("23.png,bright", "23.png,new");
    Path test = Files.writeString(folder.resolve("test.csv"), list);
    assertThat(run(train("x", "--test", test))).isEqualTo(1);
    assertThat(output.toString())
        .contains("--test must have classes of the training data [bright, dark]")
        .contains("found [bright, dark, new]")
        .doesNotContain("epoch");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  @Test
  void wrongUsageIsExplained() {
    assertThat(run(train("x", "--architecture", "resnet51"))).isEqualTo(2);
    assertThat(output.toString()).contains("architecture must be one of").contains("resnet50");
    assertThat(run(train("x", "--learning-rate", "-1"))).isEqualTo(2);
    assertThat(output.toString()).contains("--learning-rate must be positive");
    assertThat(run(train("x", "--freeze", "dense"))).isEqualTo(2);
    assertThat(output.toString()).contains("--freeze needs --weights");
    assertThat(run("export", folder, "--out", folder.resolve("m.onnx"))).isEqualTo(1);
    assertThat(output.toString()).contains("no checkpoint here");
  }
}
