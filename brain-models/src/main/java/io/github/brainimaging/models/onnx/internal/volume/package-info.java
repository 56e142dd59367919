/** How volumes come before a network piece by piece, and its labels back to their grid. Not API. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.models.onnx.internal.volume;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
