/** JPEG-LS (ITU-T T.87), lossless and near-lossless. Not API. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.io.internal.codec.jpegls;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
