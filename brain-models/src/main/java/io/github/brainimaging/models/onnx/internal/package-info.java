/** ONNX Runtime through DJL: starting it, loading a network, running it. Not API. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.models.onnx.internal;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
