/**
 * How well images were classified. What is undefined, such as the recall of a class without images,
 * is NaN and left out of means.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.evaluation.classification;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
