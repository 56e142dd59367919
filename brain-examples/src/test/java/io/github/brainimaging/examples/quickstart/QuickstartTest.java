package io.github.brainimaging.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.core.testing.Printed;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.format.OnnxExport;
import io.github.brainimaging.models.network.zoo.Architectures;
import io.github.brainimaging.models.network.zoo.Head;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every program that the README tells people to copy runs. */
class QuickstartTest {

  @TempDir Path folder;

  private Path image() throws IOException {
    float[] samples = new float[100 * 120];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = Math.hypot((i % 100 - 50) / 40.0, (i / 100 - 60) / 50.0) < 1 ? 120 : 0;
    }
    Path file = folder.resolve("image.png");
    PngImageWriter.write(MedicalImage.ofGray(100, 120, samples).withNominalMaximum(255), file);
    return file;
  }

  @Test
  void classifiesOneImage() throws IOException {
    String image = image().toString();

    assertThat(Printed.by(() -> ClassifyOneImage.main(new String[] {image})))
        .contains("glioma", "meningioma", "notumor", "pituitary");
  }

  @Test
  void runsTheFullPipeline() throws IOException {
    String image = image().toString();
    String mask = folder.resolve("mask.png").toString();

    String output = Printed.by(() -> FullPipeline.main(new String[] {image, mask}));

    assertThat(output).contains("classify=").contains("out-of-domain: the image holds no picture");
    assertThat(output.contains("segment=")).isEqualTo(Files.exists(Path.of(mask)));
  }

  @Test
  void runsAModelOfTheUsersOwn() throws IOException {
    Network network =
        Architectures.named("compact-resnet").describe(Head.POOLED, 1, 64, 2).logits();
    byte[] bytes = OnnxExport.toBytes(network, Weights.random(network, 1), Map.of());
    Path model = Files.write(folder.resolve("own.onnx"), bytes);
    String image = image().toString();

    assertThat(Printed.by(() -> OwnModel.main(new String[] {model.toString(), image, "no", "yes"})))
        .contains("no 0.", "yes 0.");
  }

  /** Small networks that Keras and PyTorch have exported lie in the tests of brain-models. */
  private static String foreign(String name) {
    return "../brain-models/src/test/resources/io/github/brainimaging/models/onnx/foreign/" + name;
  }

  @Test
  void runsAModelOfKeras() throws IOException {
    String image = image().toString();
    String[] arguments = {
      foreign("k-softmax-1x1x4.onnx"), image, "glioma", "meningioma", "notumor", "pituitary"
    };

    assertThat(Printed.by(() -> KerasModel.main(arguments))).containsPattern("pituitary [01]\\.");
  }

  @Test
  void runsAModelOfPyTorch() throws IOException {
    String image = image().toString();
    String missing = folder.resolve("missing.png").toString();
    String[] arguments = {
      foreign("p-fixed8.onnx"), "glioma,meningioma,notumor,pituitary", image, missing
    };

    assertThat(Printed.by(() -> PyTorchModel.main(arguments)))
        .containsPattern("image.png, 100x120, \\w+ 0\\.")
        .contains("Failure", "missing.png");
  }

  @Test
  void explainsAModelOfTheUsersOwn() throws IOException {
    Path model = ownModel();
    String image = image().toString();
    String picture = folder.resolve("heat.png").toString();

    String output =
        Printed.by(() -> ExplainOwnModel.main(new String[] {model.toString(), image, picture}));

    assertThat(output).containsPattern("(no|yes) is seen in \\[BoundingBox");
    assertThat(Path.of(picture)).exists();
  }

  private Path ownModel() throws IOException {
    Network network = Architectures.named("compact-resnet").describe(Head.POOLED, 1, 64, 2);
    byte[] bytes = OnnxExport.toBytes(network, Weights.random(network, 1), Map.of());
    ModelCard card =
        ModelCard.builder("own", ModelInput.ofSize(64, 1), Activation.SOFTMAX, List.of("no", "yes"))
            .build();
    Files.writeString(folder.resolve("own.json"), card.toJson());
    return Files.write(folder.resolve("own.onnx"), bytes);
  }

  /** Stripes from left to right or from top to bottom. */
  @CanIgnoreReturnValue
  private Path stripes(Path file, boolean upright, int seed) throws IOException {
    Random random = new Random(seed);
    float[] samples = new float[64 * 64];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (upright ? i % 64 : i / 64) % 8 * 20 + random.nextInt(40);
    }
    PngImageWriter.write(MedicalImage.ofGray(64, 64, samples).withNominalMaximum(255), file);
    return file;
  }

  @Test
  void calibratesAModelOfTheUsersOwnWhichThenRefuses() throws IOException {
    for (int i = 0; i < 24; i++) {
      String label = i % 2 == 0 ? "no" : "yes";
      stripes(folder.resolve("learned/" + label + "/" + i + ".png"), i % 2 == 0, i);
      stripes(folder.resolve("held/" + label + "/" + i + ".png"), i % 2 == 0, 100 + i);
    }
    String calibrated = folder.resolve("calibrated.onnx").toString();

    String fitted =
        Printed.by(
            () ->
                CalibrateOwnModel.main(
                    new String[] {
                      ownModel().toString(),
                      folder.resolve("learned").toString(),
                      folder.resolve("held").toString(),
                      calibrated
                    }));
    String known = stripes(folder.resolve("known.png"), true, 500).toString();
    String other = image().toString();
    String said =
        Printed.by(() -> RefuseWithOwnModel.main(new String[] {calibrated, known, other}));

    assertThat(fitted)
        .contains("temperature ", "ConformalSets[BY_CLASS, 0.9, cases [no 12, yes 12]]");
    assertThat(said.lines().toList().get(0)).matches("(answer|unsure): .*");
    assertThat(said.lines().toList().get(1)).startsWith("refused: out-of-domain: ");
  }

  @Test
  void learnsFromImagesAndATable() throws IOException {
    StringBuilder images = new StringBuilder("path,label,group\n");
    StringBuilder table = new StringBuilder("patient,age,sex\n");
    for (int i = 0; i < 24; i++) {
      // The stripes do not tell the class, the age does.
      stripes(folder.resolve(i + ".png"), i % 4 < 2, i);
      images.append(i + ".png," + (i % 2 == 0 ? "low" : "high") + ",p" + i + "\n");
      table.append("p" + i + "," + (30 + i % 2 * 30 + i % 5) + "," + (i % 3 == 0 ? "f" : "m"));
      table.append("\n");
    }
    Path list = Files.writeString(folder.resolve("list.csv"), images);
    Path patients = Files.writeString(folder.resolve("patients.csv"), table);
    Path out = folder.resolve("fused");

    List<String> said =
        Printed.by(
                () ->
                    ImageAndTable.main(
                        new String[] {list.toString(), patients.toString(), out.toString()}))
            .lines()
            .toList();

    assertThat(said.get(1)).isEqualTo(said.get(0).replace("truth ", "") + " in-domain");
    assertThat(said.get(2)).endsWith(" doubtful: age is missing, and never was in the training");
    assertThat(out.resolve("model.json")).content().contains("\"clinical\": [", "\"age\"");
  }
}
