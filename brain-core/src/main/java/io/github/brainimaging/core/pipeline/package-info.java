/**
 * The fluent pipelines: from a file to an {@link io.github.brainimaging.core.pipeline.Analysis} of
 * a slice or a {@link io.github.brainimaging.core.pipeline.VolumeAnalysis} of a volume.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.pipeline;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
