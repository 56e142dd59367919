/**
 * Networks, described once: the same description gives the trainable DJL block, the ONNX graph and
 * the summary.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.models.architecture;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
