package io.github.brainimaging.examples.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.format.OnnxExport;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Dense;
import io.github.brainimaging.models.network.layer.GlobalAveragePool;
import io.github.brainimaging.models.network.layer.Softmax;
import io.github.brainimaging.models.onnx.ModelSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LayerMapsTest {

  @TempDir Path folder;

  /** A network whose first layer makes so many maps of 8 x 8. */
  private ModelSource model(int maps) throws IOException {
    Network network =
        Network.input("wide", 1, 8, 8)
            .then("conv", Conv2d.same(maps, 3))
            .then(new GlobalAveragePool())
            .then("dense", new Dense(2))
            .then("probabilities", new Softmax())
            .build();
    Path file = folder.resolve("wide.onnx");
    Files.write(file, OnnxExport.toBytes(network, Weights.random(network, 1), Map.of()));
    ModelCard card =
        ModelCard.builder(
                "wide", ModelInput.ofSize(8, 1), Activation.SOFTMAX, List.of("notumor", "tumor"))
            .build();
    Files.writeString(folder.resolve("wide.json"), card.toJson());
    return ModelSource.ofPath(file);
  }

  private MedicalImage sheet(int maps) throws IOException {
    float[] samples = new float[64];
    samples[9] = 200;
    JsonObject result = new JsonObject();
    try (LayerMaps layer = CommandLine.populateCommand(new LayerMaps(), "--layer", "conv")) {
      layer.open(model(maps)).write(MedicalImage.ofGray(8, 8, samples), "one", folder, result);
    }
    String picture = result.get("features").getAsString();
    return MedicalImageReader.withDefaults().read(folder.resolve(picture));
  }

  @Test
  void ofManyMapsThoseAreShownThatVaryMost() throws IOException {
    MedicalImage all = sheet(256);
    MedicalImage some = sheet(2048);

    assertThat(some.width()).isEqualTo(all.width());
    assertThat(some.height()).isEqualTo(all.height());
    assertThat(sheet(64).width()).isLessThan(all.width());
  }
}
