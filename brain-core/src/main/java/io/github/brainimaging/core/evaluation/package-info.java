/** What all evaluations share: intervals that tell how far a figure can be trusted. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.evaluation;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
