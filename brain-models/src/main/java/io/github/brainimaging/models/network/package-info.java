/**
 * Networks, described once, without an engine: the same description gives the trainable block
 * ({@code training}), the ONNX graph ({@code format}) and the summary. Weights stand beside it.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.models.network;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
