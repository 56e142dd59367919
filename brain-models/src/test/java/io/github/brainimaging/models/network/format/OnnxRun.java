package io.github.brainimaging.models.network.format;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;

/** Runs a model with one input and one output, as it is. */
public final class OnnxRun {

  private OnnxRun() {}

  /** What comes out, in the order of the output's axes. */
  public static float[] run(byte[] model, float[] values, long... axes) throws OrtException {
    // DJL's engine must create the environment before anyone else in the JVM.
    assertThat(Engine.getEngine("OnnxRuntime")).isNotNull();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(model);
        OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), axes);
        OrtSession.Result result =
            session.run(Map.of(session.getInputNames().iterator().next(), input))) {
      return ((OnnxTensor) result.get(0)).getFloatBuffer().array();
    }
  }
}
