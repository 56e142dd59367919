/** Codecs of pixel data that the JDK lacks; each gives whole numbers as they are coded. Not API. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.io.internal.codec;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
