/** Networks and weights in files: ONNX, Keras, safetensors. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.models.network.format;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
