/**
 * ONNX networks run on ONNX Runtime, fed as their cards say: {@link
 * io.github.brainimaging.models.onnx.OnnxClassifier} and {@link
 * io.github.brainimaging.models.onnx.OnnxSegmenter} for slices, {@link
 * io.github.brainimaging.models.onnx.OnnxVolumeSegmenter} for volumes, {@link
 * io.github.brainimaging.models.onnx.SequenceClassifier} for sequences; features, where a network
 * sees a class, and what it refuses. {@code embedded()} are the networks that the library brings
 * along.
 *
 * <p>Each holds native memory: opened once, shared by all threads, closed at the end. A network of
 * one's own needs a {@link io.github.brainimaging.models.card.ModelCard}, beside its file or
 * inside; {@link io.github.brainimaging.models.onnx.CardDraft} makes one of the graph and asks for
 * the rest. Nothing is downloaded.
 *
 * <pre>{@code
 * ModelInput input = ModelInput.ofSize(224, 3);
 * try (OnnxClassifier own =
 *     OnnxClassifier.builder()
 *         .model(ModelSource.ofPath(Path.of("own.onnx")))
 *         .card(input, Activation.SOFTMAX, List.of("glioma", "healthy"))
 *         .build()) {
 *   System.out.println(own.classify(image));
 * }
 * }</pre>
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.models.onnx;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
