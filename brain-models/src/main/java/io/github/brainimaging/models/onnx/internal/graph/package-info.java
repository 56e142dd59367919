/**
 * The graph in an ONNX file: what it says of itself, checked before native code sees it. Not API.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.models.onnx.internal.graph;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
