/** Transforms of gray values: the size stays, every sample is mapped. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.transform.intensity;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
