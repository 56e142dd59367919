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
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * A network that is loaded and can run. Made for networks with one float32 input and one float32
 * output; what the network really has is told by {@link #inputs()} and {@link #outputs()}.
 *
 * <p>Safe to share between threads: ONNX Runtime's sessions are, and every run has its own DJL
 * manager. Closing waits for the runs that are under way.
 */
public final class EngineSession implements AutoCloseable {

  /** Runs the network on one block of values. */
  private interface Runner {
    Output run(FloatBuffer input, long[] shape) throws OrtException;
  }

  /**
   * What a run gives.
   *
   * @param values the values, the last axis contiguous
   * @param shape the length of each axis
   * @param more the values of a second output, none if there is no such output
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and not API
  public record Output(float[] values, long[] shape, float[] more) {}

  /** A way to open a session. */
  private interface Opening {
    OrtSession open(OnnxEngine engine, SessionOptions options) throws OrtException;
  }

  private static final float[] NONE = {};

  private final OrtSession session;
  private final @Nullable NDManager manager;
  private final Runner runner;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private volatile boolean closed;

  private EngineSession(OnnxEngine engine, OrtSession session) {
    this.session = session;
    NDManager parent = engine.manager();
    if (parent == null) {
      manager = null;
      runner = withoutDjl(engine, session);
    } else {
      manager = parent.newSubManager();
      runner = throughDjl(session, manager);
    }
  }

  /**
   * Loads a network from a file, which the engine reads itself.
   *
   * @param file the ONNX file
   * @param settings how to load it
   * @return the session, to be closed by the caller
   * @throws EngineFailure if the engine cannot start or cannot load the network
   */
  public static EngineSession open(Path file, SessionSettings settings) throws EngineFailure {
    return open((engine, o) -> engine.environment().createSession(file.toString(), o), settings);
  }

  /**
   * Loads a network from memory.
   *
   * @param model the content of an ONNX file
   * @param settings how to load it
   * @return the session, to be closed by the caller
   * @throws EngineFailure if the engine cannot start or cannot load the network
   */
  public static EngineSession open(byte[] model, SessionSettings settings) throws EngineFailure {
    return open((engine, o) -> engine.environment().createSession(model, o), settings);
  }

  private static EngineSession open(Opening opening, SessionSettings settings)
      throws EngineFailure {
    OnnxEngine engine = OnnxEngine.start();
    try (SessionOptions options = settings.toOptions()) {
      return new EngineSession(engine, opening.open(engine, options));
    } catch (OrtException e) {
      throw new EngineFailure(e);
    }
  }

  /** DJL's block and manager: one child manager per run, which closes what the run made. */
  private static Runner throughDjl(OrtSession session, NDManager manager) {
    OrtSymbolBlock block = new OrtSymbolBlock(session, (OrtNDManager) manager);
    ParameterStore parameters = new ParameterStore(manager, false);
    return (input, shape) -> {
      try (NDManager child = manager.newSubManager()) {
        NDArray array = child.create(input, new Shape(shape), DataType.FLOAT32);
        NDList outputs = block.forward(parameters, new NDList(array), false);
        float[] more = outputs.size() < 2 ? NONE : outputs.get(1).toFloatArray();
        NDArray first = outputs.get(0);
        return new Output(first.toFloatArray(), first.getShape().getShape(), more);
      }
    };
  }

  private static Runner withoutDjl(OnnxEngine engine, OrtSession session) {
    return (input, shape) -> {
      String name = session.getInputNames().iterator().next();
      try (OnnxTensor tensor = OnnxTensor.createTensor(engine.environment(), input, shape);
          OrtSession.Result result = session.run(Map.of(name, tensor))) {
        OnnxTensor output = (OnnxTensor) result.get(0);
        float[] more = result.size() < 2 ? NONE : values((OnnxTensor) result.get(1));
        return new Output(values(output), output.getInfo().getShape(), more);
      }
    };
  }

  private static float[] values(OnnxTensor output) {
    FloatBuffer buffer = output.getFloatBuffer();
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
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
   * @return the first output
   * @throws EngineFailure if the run fails
   * @throws IllegalStateException if the session is closed
   */
  public Output run(FloatBuffer input, long[] shape) throws EngineFailure {
    lock.readLock().lock();
    try {
      requireOpen();
      return runner.run(input, shape);
    } catch (OrtException | EngineException e) {
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
