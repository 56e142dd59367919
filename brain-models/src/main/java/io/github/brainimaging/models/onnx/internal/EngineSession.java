package io.github.brainimaging.models.onnx.internal;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.onnxruntime.engine.OrtNDManager;
import ai.djl.onnxruntime.engine.OrtSymbolBlock;
import ai.djl.training.ParameterStore;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.RunOptions;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.github.brainimaging.models.card.ClinicalColumns;
import io.github.brainimaging.models.card.ModelDomain;
import io.github.brainimaging.models.onnx.internal.graph.ElementType;
import io.github.brainimaging.models.onnx.internal.graph.EngineFailure;
import io.github.brainimaging.models.onnx.internal.graph.OnnxFile;
import io.github.brainimaging.models.onnx.internal.graph.Port;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A network that is loaded and can run. Fed with float32 values, which become what its input holds;
 * what the network really has is told by {@link #inputs()} and {@link #outputs()}.
 *
 * <p>Safe to share between threads: ONNX Runtime's sessions are, and every run has its own DJL
 * manager. Closing waits for the runs that are under way.
 */
public final class EngineSession implements AutoCloseable {

  /** Runs the network on one block of values. */
  private interface Runner {
    Output run(FloatBuffer input, long[] shape, Ports ports) throws OrtException, EngineFailure;
  }

  /**
   * What is fed and read.
   *
   * @param input the input of the graph that takes images
   * @param output an output of the graph
   * @param row what the input {@link ClinicalColumns#INPUT} takes for each image; empty if there is
   *     none
   * @param count number of images
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and not API
  public record Ports(Port input, Port output, float[] row, int count) {

    /** Of a graph that takes images only. */
    public Ports(Port input, Port output) {
      this(input, output, NONE, 0);
    }
  }

  /**
   * What a run gives.
   *
   * @param values the values, the last axis contiguous
   * @param shape the length of each axis
   * @param more the values of the output of distances, none if there is no such output
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and not API
  public record Output(float[] values, long[] shape, float[] more) {}

  private static final float[] NONE = {};

  private final OrtSession session;
  private final OnnxEngine engine;
  private final @Nullable NDManager manager;
  private final Runner runner;

  /** DJL wants float32 for all outputs, and one input. */
  private final boolean forDjl;

  private final boolean givesDistances;
  private final Set<String> weightFiles;

  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private volatile boolean closed;

  private EngineSession(OnnxEngine engine, OrtSession session, Set<String> weightFiles)
      throws OrtException {
    this.weightFiles = weightFiles;
    this.session = session;
    this.engine = engine;
    this.givesDistances = session.getOutputNames().contains(ModelDomain.DISTANCES);
    this.forDjl =
        session.getNumInputs() == 1
            && Stream.concat(
                    session.getInputInfo().values().stream(),
                    session.getOutputInfo().values().stream())
                .map(Port::of)
                .allMatch(Port::isFloat32);
    NDManager parent = engine.manager();
    if (parent == null) {
      manager = null;
      runner = this::runDirectly;
    } else {
      manager = parent.newSubManager();
      runner = throughDjl(session, manager);
    }
  }

  /**
   * Loads a network, once its content is checked (see {@link OnnxFile}).
   *
   * @param model the content of an ONNX file
   * @param settings how to load it
   * @return the session, to be closed by the caller
   * @throws EngineFailure if the engine cannot start or cannot load the network
   */
  public static EngineSession open(ModelContent model, SessionSettings settings)
      throws EngineFailure {
    OnnxEngine engine = OnnxEngine.start();
    try (SessionOptions options = settings.toOptions()) {
      Set<String> weights = OnnxFile.check(model.bytes(), model.file());
      OrtSession session = model.open(engine.environment(), options, weights);
      return new EngineSession(engine, session, weights);
    } catch (OrtException | IOException e) {
      throw new EngineFailure(e);
    }
  }

  /** The files beside the model that hold weights of it. */
  public Set<String> weightFiles() {
    return weightFiles;
  }

  /** DJL's block and manager: one child manager per run, which closes what the run made. */
  private static Runner throughDjl(OrtSession session, NDManager manager) {
    OrtSymbolBlock block = new OrtSymbolBlock(session, (OrtNDManager) manager);
    ParameterStore parameters = new ParameterStore(manager, false);
    List<String> outputs = List.copyOf(session.getOutputNames());
    int distances = outputs.indexOf(ModelDomain.DISTANCES);
    return (input, shape, ports) -> {
      try (NDManager child = manager.newSubManager()) {
        NDArray array = child.create(input, new Shape(shape), DataType.FLOAT32);
        NDList all = block.forward(parameters, new NDList(array), false);
        NDArray output = all.get(outputs.indexOf(ports.output().name()));
        float[] more = distances < 0 ? NONE : all.get(distances).toFloatArray();
        return new Output(output.toFloatArray(), output.getShape().getShape(), more);
      }
    };
  }

  private Output runDirectly(FloatBuffer input, long[] shape, Ports ports)
      throws OrtException, EngineFailure {
    try (RunOptions options = new RunOptions()) {
      return runDirectly(input, shape, ports, options);
    }
  }

  private Output runDirectly(FloatBuffer input, long[] shape, Ports ports, RunOptions options)
      throws OrtException, EngineFailure {
    String output = ports.output().name();
    Set<String> wanted = givesDistances ? Set.of(output, ModelDomain.DISTANCES) : Set.of(output);
    try (OnnxTensor tensor =
            ElementType.of(ports.input()).tensor(engine.environment(), input, shape);
        OnnxTensor table = table(ports);
        OrtSession.Result result = session.run(fed(ports, tensor, table), wanted, options)) {
      OnnxTensor found = (OnnxTensor) result.get(output).orElseThrow();
      float[] more =
          givesDistances
              ? ElementType.values((OnnxTensor) result.get(ModelDomain.DISTANCES).orElseThrow())
              : NONE;
      return new Output(ElementType.values(found), found.getInfo().getShape(), more);
    }
  }

  /** The same row for each image; nothing where the graph takes images only. */
  private @Nullable OnnxTensor table(Ports ports) throws OrtException {
    int values = ports.row.length;
    if (values == 0) {
      return null;
    }
    FloatBuffer rows =
        ByteBuffer.allocateDirect(Math.multiplyExact(ports.count * Float.BYTES, values))
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    while (rows.hasRemaining()) {
      rows.put(ports.row);
    }
    long[] shape = {ports.count, values};
    return OnnxTensor.createTensor(engine.environment(), rows.flip(), shape);
  }

  private static Map<String, OnnxTensor> fed(
      Ports ports, OnnxTensor images, @Nullable OnnxTensor table) {
    String name = ports.input.name();
    return table == null
        ? Map.of(name, images)
        : Map.of(name, images, ClinicalColumns.INPUT, table);
  }

  /**
   * The inputs that the graph declares.
   *
   * @return in the graph's order
   * @throws EngineFailure if the engine does not tell
   */
  public List<Port> inputs() throws EngineFailure {
    try {
      return session.getInputInfo().values().stream().map(Port::of).toList();
    } catch (OrtException e) {
      throw new EngineFailure(e);
    }
  }

  /**
   * The outputs that the graph declares.
   *
   * @return in the graph's order
   * @throws EngineFailure if the engine does not tell
   */
  public List<Port> outputs() throws EngineFailure {
    try {
      return session.getOutputInfo().values().stream().map(Port::of).toList();
    } catch (OrtException e) {
      throw new EngineFailure(e);
    }
  }

  /**
   * The texts that the ONNX file carries beside the graph.
   *
   * @return key to text
   * @throws EngineFailure if the engine does not tell
   */
  public Map<String, String> metadata() throws EngineFailure {
    try {
      return session.getMetadata().getCustomMetadata();
    } catch (OrtException e) {
      throw new EngineFailure(e);
    }
  }

  /**
   * Runs the network.
   *
   * @param input direct buffer in native byte order, from its position to its limit
   * @param shape the length of each axis
   * @param ports what is fed and what is read
   * @return that output
   * @throws EngineFailure if the run fails
   * @throws IllegalStateException if the session is closed
   */
  public Output run(FloatBuffer input, long[] shape, Ports ports) throws EngineFailure {
    lock.readLock().lock();
    try {
      requireOpen();
      return forDjl ? runner.run(input, shape, ports) : runDirectly(input, shape, ports);
    } catch (OrtException | EngineException e) {
      throw new EngineFailure(e);
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Runs a network that nobody knows yet: a file may hold a loop without an end.
   *
   * @param input direct buffer in native byte order, from its position to its limit
   * @param shape the length of each axis
   * @param ports what is fed and what is read
   * @param limit how long it may take
   * @return that output
   * @throws EngineFailure if the run fails or takes longer
   * @throws IllegalStateException if the session is closed
   */
  public Output tryOut(FloatBuffer input, long[] shape, Ports ports, Duration limit)
      throws EngineFailure {
    lock.readLock().lock();
    try (RunOptions options = new RunOptions();
        Watchdog watchdog = new Watchdog(options, limit)) {
      requireOpen();
      try {
        return runDirectly(input, shape, ports, options);
      } catch (OrtException e) {
        throw watchdog.hasBitten()
            ? new EngineFailure(
                "a run on blank input took longer than " + limit.toSeconds() + " s", e)
            : new EngineFailure(e);
      }
    } catch (OrtException e) {
      throw new EngineFailure(e);
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Throws if the session is closed.
   *
   * @throws IllegalStateException if the session is closed
   */
  public void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the model was closed and cannot be used any more");
    }
  }

  /** Frees the native memory, after the runs that are under way. Closing twice does nothing. */
  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      if (manager != null) {
        manager.close(); // and with it the block, which owns the session
      } else {
        session.close();
      }
    } catch (OrtException e) {
      throw new IllegalStateException("the engine cannot close the model", e);
    } finally {
      lock.writeLock().unlock();
    }
  }
}
