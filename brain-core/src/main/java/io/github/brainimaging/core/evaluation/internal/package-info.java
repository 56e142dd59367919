/** Ranks and what is made of them. Not API. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.evaluation.internal;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
