/** Classifiers and segmenters on ONNX Runtime, the networks of the papers, and their training. */
module io.github.brainimaging.models {
  requires transitive io.github.brainimaging.core;
  requires transitive ai.djl.api;
  requires ai.djl.onnxruntime_engine;
  requires com.google.gson;
  requires com.google.protobuf;
  requires com.microsoft.onnxruntime;
  requires org.slf4j;
  requires org.tribuo.util.onnx;

  requires static transitive com.google.errorprone.annotations;
  requires static transitive org.jspecify;

  // Optional, as in the POM.
  requires static com.sun.jna;
  requires static io.jhdf;
  requires static libsvm;
  requires static org.tribuo.classification.core;
  requires static org.tribuo.classification.dtree;
  requires static org.tribuo.classification.libsvm;
  requires static org.tribuo.classification.mnb;
  requires static org.tribuo.common.libsvm;
  requires static org.tribuo.common.nearest;
  requires static org.tribuo.common.tree;
  requires static org.tribuo.core;
  requires static org.tribuo.math;

  uses ai.djl.engine.EngineProvider;

  exports io.github.brainimaging.models.baseline;
  exports io.github.brainimaging.models.card;
  exports io.github.brainimaging.models.network;
  exports io.github.brainimaging.models.network.format;
  exports io.github.brainimaging.models.network.layer;
  exports io.github.brainimaging.models.network.zoo;
  exports io.github.brainimaging.models.onnx;
  exports io.github.brainimaging.models.stripping;
  exports io.github.brainimaging.models.training;
  exports io.github.brainimaging.models.training.optimizer;
}
