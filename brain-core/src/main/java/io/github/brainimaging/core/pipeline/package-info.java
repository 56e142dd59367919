/**
 * The fluent pipelines: from a file to an {@link io.github.brainimaging.core.pipeline.Analysis} of
 * a slice ({@link io.github.brainimaging.core.pipeline.BrainPipeline}) or a {@link
 * io.github.brainimaging.core.pipeline.VolumeAnalysis} of a volume ({@link
 * io.github.brainimaging.core.pipeline.VolumePipeline}). Both have the same steps and refusals:
 * read, transform, assess, classify, segment where the class asks for it.
 *
 * <p>{@code analyze} throws; {@code analyzeAll} works on several inputs at a time and gives one
 * {@link io.github.brainimaging.core.pipeline.Outcome} each, in their order: a failure is an
 * outcome and never the end of a run. A pipeline is checked when it is built, immutable, and shared
 * between threads; it does not close the networks that it was given.
 *
 * <pre>{@code
 * BrainPipeline pipeline =
 *     BrainPipeline.builder()
 *         .segment(TumorSegmenter.withDefaults())
 *         .build();
 * for (String input : List.of("a.png", "b.dcm")) {
 *   Analysis analysis = pipeline.analyze(Path.of(input));
 *   System.out.println(input + ": " + analysis.segmentation());
 * }
 * }</pre>
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.pipeline;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
