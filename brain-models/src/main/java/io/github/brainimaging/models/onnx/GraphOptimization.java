package io.github.brainimaging.models.onnx;

/**
 * How far ONNX Runtime rewrites a network when it loads it. More takes longer to load.
 *
 * @since 0.1.0
 */
public enum GraphOptimization {
  /** The graph as it is in the file. */
  NONE,
  /** Constant folding, removal of redundant nodes, simple fusions. */
  BASIC,
  /** Also fusions that need the engine's own operators. */
  EXTENDED,
  /** Also memory layouts that suit the processor. */
  ALL
}
