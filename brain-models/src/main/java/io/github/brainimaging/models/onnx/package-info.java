/**
 * ONNX networks run on ONNX Runtime, fed as their cards say: classifiers of slices and of
 * sequences, segmenters, features, where a network sees a class, and what it refuses.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.models.onnx;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
