/**
 * How well masks agree with the truth: overlap and distance between outlines, with a stated policy
 * for empty masks.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.evaluation.segmentation;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
