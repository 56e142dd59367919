/**
 * Where in an image a classifier sees what it says. An {@link
 * io.github.brainimaging.core.explanation.Explainer} gives an {@link
 * io.github.brainimaging.core.explanation.Explanation}: a map on the image's grid. {@link
 * io.github.brainimaging.core.explanation.Occlusion}, {@link
 * io.github.brainimaging.core.explanation.Rise} and {@link
 * io.github.brainimaging.core.explanation.LearnedMask} ask any classifier about changed images;
 * class activation maps come from the engine's module. Whether a map is right is measured by {@link
 * io.github.brainimaging.core.explanation.MapScore} (against a true mask) and {@link
 * io.github.brainimaging.core.explanation.Faithfulness} (against the classifier).
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.explanation;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
