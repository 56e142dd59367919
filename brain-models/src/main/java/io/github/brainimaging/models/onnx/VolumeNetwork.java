package io.github.brainimaging.models.onnx;

import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.VolumeCard;
import io.github.brainimaging.models.onnx.internal.DirectBuffers;
import io.github.brainimaging.models.onnx.internal.EngineSession;
import io.github.brainimaging.models.onnx.internal.graph.EngineFailure;
import io.github.brainimaging.models.onnx.internal.graph.GraphFacts;
import io.github.brainimaging.models.onnx.internal.graph.LabelOutput;
import io.github.brainimaging.models.onnx.internal.graph.Port;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A three-dimensional network whose card and graph go together; it takes one patch at a time.
 *
 * @param name how messages call it
 * @param card its card
 * @param mirror the axes along which patches are mirrored too
 * @param device what it really runs on
 * @param session the engine's session, to be closed by the owner
 * @param ports what is fed and read
 * @param buffers for patches
 * @param flat whether it takes slices, [N, C, H, W]
 */
record VolumeNetwork(
    String name,
    VolumeCard card,
    String mirror,
    Device device,
    EngineSession session,
    EngineSession.Ports ports,
    DirectBuffers buffers,
    boolean flat)
    implements AutoCloseable {

  static VolumeNetwork load(
      ModelSource source,
      @Nullable VolumeCard explicit,
      @Nullable String mirror,
      LoadedModel.Options options) {
    Optional<VolumeCard> outside =
        Optional.ofNullable(explicit)
            .or(
                () ->
                    source
                        .cardText()
                        .map(text -> VolumeCard.fromJson(text, "the card of model " + source)))
            .or(source::foreignCard);
    String sum = outside.map(VolumeCard::sha256).orElse("");
    try {
      return open(source, outside, mirror, OpenedSession.of(source, options, sum));
    } catch (EngineFailure e) {
      throw source.refused(e);
    }
  }

  private static VolumeNetwork open(
      ModelSource source,
      Optional<VolumeCard> outside,
      @Nullable String mirror,
      OpenedSession opened)
      throws EngineFailure {
    EngineSession session = opened.session();
    try {
      VolumeCard card = outside.isPresent() ? outside.get() : cardInside(source, session);
      boolean flat = card.patch().get(2) == 1 && takesSlices(session);
      String axes = mirror == null ? card.mirror() : mirror;
      return new VolumeNetwork(
          source.toString(),
          card,
          card.patch().get(2) == 1 ? axes.replace("z", "") : axes,
          opened.device(),
          session,
          ports(source, card, session, flat),
          new DirectBuffers(),
          flat);
    } catch (EngineFailure | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private static VolumeCard cardInside(ModelSource source, EngineSession session)
      throws EngineFailure {
    String text = session.metadata().get(ModelCard.METADATA_KEY);
    if (text == null) {
      throw new ModelException(
          "model %s has no card: put %s beside it, a JSON object with task %s (docs/own-models.md has one to copy), or the configuration of nnU-Net, MONAI or Raidionics; or put the card into its metadata"
              .formatted(source, source.cardFile().orElse("one"), VolumeCard.TASK));
    }
    return VolumeCard.fromJson(text, "the card inside model " + source);
  }

  private static boolean takesSlices(EngineSession session) throws EngineFailure {
    return session.inputs().stream().allMatch(port -> port.shape().length == 4);
  }

  private static EngineSession.Ports ports(
      ModelSource source, VolumeCard card, EngineSession session, boolean flat)
      throws EngineFailure {
    Port input = one(source, session.inputs(), shape(card, card.channels(), flat), "input");
    Port output = one(source, session.outputs(), shape(card, card.labels().size(), flat), "output");
    if (card.convention() != VolumeCard.Convention.MONAI) { // a bundle may do it twice
      new LabelOutput(output, GraphFacts.of(source.toBytes(), source.toString()).maker(output))
          .requireSense(card.activation());
    }
    return new EngineSession.Ports(input, output);
  }

  /** The only port, or the only one that fits: networks with deep supervision have several. */
  private static Port one(ModelSource source, List<Port> ports, long[] shape, String what) {
    List<Port> fitting =
        ports.stream().filter(Port::takesNumbers).filter(p -> fits(p.shape(), shape)).toList();
    if (fitting.isEmpty() || (what.equals("input") && ports.size() > 1)) {
      throw new ModelException(
          "model %s does not fit its card: its %ss are %s, expected one %s of numbers, %s = %s"
              .formatted(
                  source,
                  what,
                  ports,
                  what,
                  shape.length == 4 ? "[N, C, H, W]" : "[N, C, D, H, W]",
                  Arrays.toString(shape)));
    }
    return fitting.get(0);
  }

  private static boolean fits(long[] declared, long[] shape) {
    boolean fits = declared.length == 0 || declared.length == shape.length;
    for (int i = 0; fits && i < declared.length; i++) {
      fits = declared[i] < 0 || declared[i] == shape[i];
    }
    return fits;
  }

  private static long[] shape(VolumeCard card, int channels, boolean flat) {
    List<Integer> patch = card.patch();
    if (flat) {
      return new long[] {1, channels, patch.get(1), patch.get(0)};
    }
    return new long[] {1, channels, patch.get(2), patch.get(1), patch.get(0)};
  }

  /** Runs one patch; with mirroring, the mean of all its reflections. */
  float[] run(float[] patch) {
    float[] sum = runOnce(patch);
    int axes = mirror.length();
    for (int subset = 1; subset < 1 << axes; subset++) {
      boolean[] flip = new boolean[3];
      for (int i = 0; i < axes; i++) {
        flip[mirror.charAt(i) - 'x'] = (subset >> i & 1) == 1;
      }
      float[] mirrored = mirror(runOnce(mirror(patch, flip)), flip);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += mirrored[i];
      }
    }
    for (int i = 0; axes > 0 && i < sum.length; i++) {
      sum[i] /= 1 << axes;
    }
    return sum;
  }

  private float[] mirror(float[] values, boolean[] flip) {
    int width = card.patch().get(0);
    int height = card.patch().get(1);
    int depth = card.patch().get(2);
    float[] result = new float[values.length];
    for (int row = 0; row < values.length / width; row++) {
      int y = row % height;
      int z = row / height % depth;
      int volume = row / height / depth * depth;
      int from = (volume + (flip[2] ? depth - 1 - z : z)) * height + (flip[1] ? height - 1 - y : y);
      for (int x = 0; x < width; x++) {
        result[row * width + x] = values[from * width + (flip[0] ? width - 1 - x : x)];
      }
    }
    return result;
  }

  private float[] runOnce(float[] patch) {
    FloatBuffer buffer = buffers.take(patch.length);
    try {
      var unused = buffer.put(patch).flip();
      EngineSession.Output output = session.run(buffer, shape(card, card.channels(), flat), ports);
      long[] expected = shape(card, card.labels().size(), flat);
      if (!Arrays.equals(output.shape(), expected)) {
        throw failed(
            "its output is %s, expected %s for the labels %s"
                .formatted(
                    Arrays.toString(output.shape()), Arrays.toString(expected), card.labels()),
            null);
      }
      for (float value : output.values()) {
        if (!Float.isFinite(value)) {
          throw failed("it gave " + value, null);
        }
      }
      return output.values();
    } catch (EngineFailure e) {
      throw failed(e.getMessage(), e);
    } finally {
      buffers.giveBack(buffer);
    }
  }

  private ModelException failed(@Nullable String why, @Nullable Throwable cause) {
    String message = "model " + name + " failed: " + why;
    return cause == null ? new ModelException(message) : new ModelException(message, cause);
  }

  @Override
  public void close() {
    session.close();
  }
}
