/**
 * Classifiers that run an ONNX network on ONNX Runtime, and the model cards that say what the
 * network wants.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.models.onnx;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
