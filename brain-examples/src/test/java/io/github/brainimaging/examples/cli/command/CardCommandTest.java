package io.github.brainimaging.examples.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.examples.cli.Commands;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelInput;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a network that Keras has exported; it lies in the tests of brain-models. */
class CardCommandTest {

  private static final Path FOREIGN =
      Path.of(
          "../brain-models/src/test/resources/io/github/brainimaging/models/onnx/foreign/k-softmax-1x1x4.onnx");

  @TempDir private Path folder;
  private Path model = FOREIGN;
  private final StringWriter output = new StringWriter();

  @BeforeEach
  void copyWithoutCard() throws IOException {
    model = Files.copy(FOREIGN, folder.resolve("resnet.onnx"));
  }

  private int run(Object... arguments) {
    output.getBuffer().setLength(0);
    return Commands.run(output, output, arguments);
  }

  @Test
  void asksWhatTheGraphDoesNotTell() {
    assertThat(run("card", model, "--write")).isEqualTo(1);
    assertThat(output.toString())
        .contains("preparation (how pictures were prepared in its training", "KERAS_XCEPTION")
        .contains("labels (4 names");
    assertThat(folder.resolve("resnet.json")).doesNotExist();
  }

  @Test
  void writesACardThatAnalyzeTakes() throws IOException {
    assertThat(
            run(
                "card",
                model,
                "--write",
                "--preparation=keras_unit",
                "--interpolation=bilinear",
                "--labels=glioma,meningioma,notumor,pituitary"))
        .as(output::toString)
        .isZero();
    Path file = folder.resolve("resnet.json");
    ModelCard written = ModelCard.fromJson(Files.readString(file));
    Path beside = Path.of(FOREIGN.toString().replace(".onnx", ".json"));
    ModelCard known = ModelCard.fromJson(Files.readString(beside));
    assertThat(written.input()).isEqualTo(known.input());
    assertThat(written.input().normalization()).isEqualTo(ModelInput.Normalization.UNIT);
    assertThat(written.activation()).isEqualTo(known.activation());

    Path picture = Commands.phantom(folder.resolve("head.png"));
    assertThat(run("analyze", picture, "--model", model, "--out", folder.resolve("out")))
        .as(output::toString)
        .isZero();
    assertThat(run("card", model, "--write", "--preparation=keras_raw")).isEqualTo(1);
    assertThat(output.toString()).contains("resnet.json", "it is there already");
  }

  @Test
  void writesTheAxesOfANetworkOverSlices() throws IOException {
    Path slices = folder.resolve("slices.onnx");
    Files.copy(FOREIGN.resolveSibling("p-conv3d.onnx"), slices);
    Object[] told = {
      "card", slices, "--write", "--preparation=torch_unit", "--labels=notumor,tumor", "--axes=NCWH"
    };
    assertThat(run(told)).isNotZero();
    assertThat(output.toString()).contains("axes of single pictures must be", "got 'NCWH'");
    assertThat(folder.resolve("slices.json")).doesNotExist();

    told[told.length - 1] = "--axes=NCSHW";
    assertThat(run(told)).as(output::toString).isZero();
    ModelCard written = ModelCard.fromJson(Files.readString(folder.resolve("slices.json")));
    assertThat(written.axes()).isEqualTo("NCSHW");
  }

  @Test
  void tellsHowManyScoresThereAreAndNotEachOfThem() {
    assertThat(run("card", "embedded")).isZero();

    assertThat(output.toString())
        .containsPattern("\"glioma\": \"\\d+ scores, in the file\"")
        .contains("\"temperature\"")
        .hasLineCount((int) output.toString().lines().filter(line -> line.length() < 400).count());
  }
}
