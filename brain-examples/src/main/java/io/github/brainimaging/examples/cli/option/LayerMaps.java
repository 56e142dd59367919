package io.github.brainimaging.examples.cli.option;

import com.google.gson.JsonObject;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.core.report.FeatureSheet;
import io.github.brainimaging.examples.cli.file.Outputs;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.onnx.FeatureExtractor;
import io.github.brainimaging.models.onnx.ModelSource;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The maps of a layer beside what a model says, where they are asked for. */
public final class LayerMaps implements AutoCloseable {

  /** More are too many to look at, and too many pixels. */
  private static final int MOST = 256;

  @Option(
      names = "--layer",
      paramLabel = "NAME",
      description =
          "Write also what this layer of the network makes of each image, features/NAME.png: a"
              + " sheet of its maps, each channel scaled by itself; of more than "
              + MOST
              + " those that vary most. A value of the ONNX graph, or a node.")
  private @Nullable String layer;

  private @Nullable FeatureExtractor network;

  /**
   * Loads the network up to the layer; nothing where none was asked for.
   *
   * @return this
   * @throws ModelException if there is no such layer (it names some there are) or it has no maps
   */
  public LayerMaps open(ModelSource model) {
    if (layer != null) {
      network = FeatureExtractor.ofLayer(model, layer);
      if (network.shape().size() != 3) {
        String shape = network.shape().toString();
        close();
        throw new ModelException(
            "--layer must be one that gives maps [channels, height, width], got "
                + layer
                + ", which gives "
                + shape);
      }
    }
    return this;
  }

  /**
   * Writes the sheet of an image and tells the result where it lies. Its caption says how many of
   * the maps it shows.
   */
  public void write(MedicalImage image, String name, Path out, JsonObject result)
      throws IOException {
    if (layer != null && network != null) {
      String picture = Outputs.FEATURES + "/" + name + ".png";
      FeatureSheet sheet = FeatureSheet.withDefaults();
      FeatureSheet some = network.shape().get(0) > MOST ? sheet.withMostVarying(MOST) : sheet;
      PngImageWriter.write(some.draw(layer, network.extract(image)), out.resolve(picture));
      result.addProperty("features", picture);
    }
  }

  @Override
  public void close() {
    if (network != null) {
      network.close();
    }
  }
}
