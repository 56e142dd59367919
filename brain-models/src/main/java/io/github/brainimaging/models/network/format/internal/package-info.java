/** What ONNX and safetensors files are made of, and outputs added to an ONNX graph. Not API. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.models.network.format.internal;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
