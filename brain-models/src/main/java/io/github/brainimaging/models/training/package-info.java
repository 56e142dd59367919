/**
 * Training on the JVM: a trainer each for images ({@link
 * io.github.brainimaging.models.training.Trainer}), features ({@link
 * io.github.brainimaging.models.training.HeadTrainer}), sequences and masks, and the recipes of the
 * papers and of the embedded models ({@link io.github.brainimaging.models.training.Recipe}). This
 * package and those below it are the only ones that know DJL's PyTorch engine, an optional
 * dependency that the application adds.
 *
 * <p>A training writes a checkpoint after each epoch into its folder and goes on there when it is
 * called again with the same options; equal seeds give equal weights on one machine. The weights of
 * the best epoch become an ONNX model with its card.
 *
 * <pre>{@code
 * DataSet.Split split = DataSet.ofFolder(Path.of("images")).holdOut(0.2, 1);
 * ModelInput input = ModelInput.ofSize(64, 1);
 * Network small = Architectures.named("compact-resnet").describe(Head.POOLED, 1, 64, 2);
 * TrainingResult result =
 *     Trainer.of(small, input, TrainingOptions.builder().epochs(10).build())
 *         .train(split.training(), split.validation(), folder, Progress.none(), epoch -> {});
 * var card = ModelCard.builder("own", input, Activation.SOFTMAX, split.training().labels());
 * ModelWriter.write(small, result.weights(), card.build(), folder.resolve("model.onnx"));
 * }</pre>
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.models.training;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
