package io.github.brainimaging.models.network.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Tap;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.layer.BatchNorm;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Dense;
import io.github.brainimaging.models.network.layer.Flatten;
import io.github.brainimaging.models.network.layer.Layer;
import io.github.brainimaging.models.network.layer.Padding;
import io.github.brainimaging.models.network.layer.Pool2d;
import io.github.brainimaging.models.network.layer.Relu;
import io.github.brainimaging.models.network.layer.Sigmoid;
import io.github.brainimaging.models.network.zoo.Architecture;
import io.github.brainimaging.models.network.zoo.Architectures;
import io.github.brainimaging.models.network.zoo.Head;
import io.jhdf.HdfFile;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against files in Keras' layout and outputs of numpy; {@code keras_files.py} made both. */
class KerasWeightsTest {

  @TempDir private Path folder;

  /** The network of {@code small()} in keras_files.py. */
  private static Network small(int hidden) {
    return small(hidden, null);
  }

  private static Network small(int hidden, @Nullable Layer last) {
    Tap x = Network.input("small", 2, 12, 10);
    x = x.then("conv1_conv", Conv2d.same(4, 3).withStride(2));
    x = x.then("conv1_bn", new BatchNorm(1.001e-5f, 0.9f)).then(Relu.plain());
    Tap a =
        x.then("block_sepconv.depthwise", Conv2d.same(4, 3).withGroups(4).withoutBias())
            .then("block_sepconv.pointwise", Conv2d.valid(6, 1).withoutBias());
    Tap b =
        x.thenNumbered("conv2d", Conv2d.valid(6, 1).withoutBias())
            .thenNumbered("batch_normalization", new BatchNorm(1e-3f, 0.9f));
    Pool2d pool = Pool2d.maximum(3).withStride(2).withPadding(Padding.toSame());
    x = a.plus(b).then(pool);
    x = x.then("tail_dw", Conv2d.same(6, 3).withGroups(6)).then(pool).then(new Flatten());
    x = x.thenNumbered("dense", new Dense(hidden)).then(Relu.plain());
    Tap scores = x.thenNumbered("dense", new Dense(3));
    return (last == null ? scores : scores.then(last)).build();
  }

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name.replace(".gz", ""));
    try (InputStream in = KerasWeightsTest.class.getResourceAsStream(name);
        InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(in) : in) {
      Files.write(file, plain.readAllBytes());
    }
    return file;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"small-names.h5", "small-classes.weights.h5", "small-attributes.weights.h5"})
  void computesWhatKerasComputes(String name) throws IOException, OrtException {
    Network network = small(5);
    Weights weights = WeightFiles.readKeras(file(name), network);
    List<String> lines = Files.readAllLines(file("small.txt"), StandardCharsets.UTF_8);
    float[] channelsLast = numbers(lines.get(1));
    float[] input = new float[channelsLast.length];
    for (int i = 0; i < input.length; i++) {
      input[i % 2 * 120 + i / 2] = channelsLast[i];
    }

    float[] output =
        OnnxRun.run(OnnxExport.toBytes(network, weights, Map.of()), input, 1, 2, 12, 10);

    float[] expected = numbers(lines.get(2));
    assertThat(output).hasSize(3).containsExactly(expected, within(1e-5f));
  }

  /** As Keras 3 writes it: a zip with a description and the weights. */
  private Path archive(String name, String config, Path weights) throws IOException {
    Path file = folder.resolve(name);
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("metadata.json"));
      zip.write("{\"keras_version\": \"3.15.0\"}".getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("config.json"));
      zip.write(config.getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("model.weights.h5"));
      zip.write(Files.readAllBytes(weights));
    }
    return file;
  }

  private static String endingIn(String activation) {
    return """
        {"module": "keras", "class_name": "Functional", "config": {"name": "functional", "layers": [
          {"class_name": "InputLayer", "config": {"name": "input"}},
          {"class_name": "Dense", "config": {"name": "dense_3", "units": 3, "activation": "%s"}}]}}
        """
        .formatted(activation);
  }

  @Test
  void readsTheArchiveOfKerasThree() throws IOException {
    Path weights = file("small-classes.weights.h5");
    Path archive = archive("small.keras", endingIn("linear"), weights);
    Weights expected = WeightFiles.readKeras(weights, small(5));

    Weights read = WeightFiles.readKeras(archive, small(5));

    expected
        .tensors()
        .forEach(
            (name, tensor) ->
                assertThat(read.get(name).toArray()).as(name).isEqualTo(tensor.toArray()));
    Path cut = folder.resolve("cut.keras");
    byte[] all = Files.readAllBytes(archive);
    Files.write(cut, Arrays.copyOf(all, all.length / 2));
    assertThatThrownBy(() -> WeightFiles.readKeras(cut, small(5)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cut.keras: expected a Keras archive");
  }

  @ParameterizedTest
  @CsvSource({"softmax, true", "sigmoid, false", "linear, false"})
  void aHeadOfSigmoidsTakesNoWeightsOfASoftmax(String activation, boolean refused)
      throws IOException {
    Network whole = small(5);
    Network network = small(5, new Sigmoid());
    Path archive = archive("end.keras", endingIn(activation), file("small-attributes.weights.h5"));

    if (refused) {
      assertThatThrownBy(() -> WeightFiles.readKeras(archive, network))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("the file's model ends in softmax, the network in sigmoid");
    } else {
      WeightFiles.readKeras(archive, network).requireFit(network);
    }
    WeightFiles.readKeras(archive, whole).requireFit(whole);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"small-names.h5", "small-classes.weights.h5", "small-attributes.weights.h5"})
  void aBackboneIsTakenFromAFileWithAHead(String name) throws IOException {
    Network backbone = small(5).upTo("tail_dw");

    Weights read = WeightFiles.readKerasBackbone(file(name), backbone);

    read.requireFit(backbone);
    Weights whole = WeightFiles.readKeras(file(name), small(5));
    assertThat(read.get("tail_dw.weight").toArray())
        .isEqualTo(whole.get("tail_dw.weight").toArray());
    Network other = Architectures.named("vgg16").backbone(3, 32);
    assertThatThrownBy(() -> WeightFiles.readKerasBackbone(file(name), other))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("does not fit vgg16");
  }

  @Test
  void whoLacksJhdfIsToldWhatToAdd() throws Exception {
    URL[] withoutJhdf = {place(WeightFiles.class), place(Tensor.class)};
    try (URLClassLoader alone =
        new URLClassLoader(withoutJhdf, ClassLoader.getPlatformClassLoader())) {
      Method read =
          Arrays.stream(alone.loadClass(WeightFiles.class.getName()).getMethods())
              .filter(method -> method.getName().equals("readKeras"))
              .findFirst()
              .orElseThrow();

      assertThatThrownBy(() -> read.invoke(null, folder, null))
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "a Keras file needs io.jhdf:jhdf, which this library does not bring along: add it to"
                  + " the dependencies");
    }
  }

  private static URL place(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  private static float[] numbers(String line) {
    List<Float> values = Stream.of(line.trim().split(" ", -1)).map(Float::valueOf).toList();
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }

  @ParameterizedTest
  @CsvSource({
    "resnet50, IMAGENET, conv2_block1_3_conv.weight, 21",
    "densenet121, IMAGENET, pool2_bn.variance, 69",
    "vgg16, , block5_conv3.bias, 26",
    "xception, IMAGENET, block2_sepconv1.pointwise.weight, 12"
  })
  void findsEveryTensorOfTheRealNetworks(String name, Head top, String weight, float number)
      throws IOException {
    Architecture architecture = Architectures.named(name);
    Network network =
        top == null ? architecture.backbone(3, 64) : architecture.describe(top, 3, 64, 1000);

    Weights byName = WeightFiles.readKeras(file(name + ".h5.gz"), network);
    Weights byClass = WeightFiles.readKeras(file(name + ".weights.h5.gz"), network);

    byName.requireFit(network);
    assertThat(byName.tensors().values().stream().mapToDouble(t -> t.toArray()[0]).distinct())
        .hasSize(network.weights().size());
    assertThat(byName.get(weight).toArray()[0]).isEqualTo(number);
    byName
        .tensors()
        .forEach(
            (key, tensor) ->
                assertThat(byClass.get(key).toArray()[0]).as(key).isEqualTo(tensor.toArray()[0]));
  }

  @Test
  void namesTheTensorThatDoesNotFit() throws IOException {
    Path names = file("small-names.h5");
    Path classes = file("small-classes.weights.h5");

    assertThatThrownBy(() -> WeightFiles.readKeras(names, small(4)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("small-names.h5 does not fit small")
        .hasMessageContaining("/model_weights/dense_3/dense_3/kernel:0 must have shape [24, 4]")
        .hasMessageContaining("got [24, 5]");
    assertThatThrownBy(() -> WeightFiles.readKeras(classes, small(4)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/layers/dense/vars/0 must have shape [24, 4], got [24, 5]");
    Network withoutHead = small(5).upTo("tail_dw");
    assertThatThrownBy(() -> WeightFiles.readKeras(names, withoutHead))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("dense_3/kernel:0 has no place");
    assertThatThrownBy(
            () -> WeightFiles.readKeras(names, Architectures.named("vgg16").backbone(3, 32)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("conv1/conv/kernel:0 has no place")
        .hasMessageContaining("no layer conv1_conv");
  }

  @Test
  void namesTheTensorThatIsMissing() throws IOException {
    Path vgg = file("vgg16.h5.gz");

    assertThatThrownBy(
            () ->
                WeightFiles.readKeras(
                    vgg, Architectures.named("vgg16").describe(Head.VGG, 3, 64, 9)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("kernel of layer fc1 is missing");
  }

  /** The heap of names of an HDF5 group: its signature, four bytes, then its size. */
  @Test
  void aSizeThatNoHeapHoldsIsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(file("small-names.h5"));
    int names = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("HEAP");
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(names + 8, 0x7FFF_FFF0L);
    Path damaged = Files.write(folder.resolve("damaged.h5"), bytes);

    assertThatThrownBy(() -> WeightFiles.readKeras(damaged, small(5)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("damaged.h5: expected a Keras file (HDF5)");
  }

  @Test
  void refusesWhatIsNoKerasFile() throws IOException {
    Path text = Files.writeString(folder.resolve("text.h5"), "no HDF5 at all, but some text");
    byte[] whole = Files.readAllBytes(file("small-names.h5"));
    for (int length : new int[] {0, 9, 600, 5000, whole.length / 2}) {
      Path cut = folder.resolve("cut" + length + ".h5");
      Files.write(cut, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> WeightFiles.readKeras(cut, small(5)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(cut.getFileName().toString());
    }
    assertThatThrownBy(() -> WeightFiles.readKeras(text, small(5)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected a Keras file");
    try (var empty = HdfFile.write(folder.resolve("empty.h5"))) {
      assertThat(empty).isNotNull();
    }
    assertThatThrownBy(() -> WeightFiles.readKeras(folder.resolve("empty.h5"), small(5)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("kernel of layer conv1_conv is missing");
  }
}
