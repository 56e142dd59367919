/** Reading and writing images. The format is found from the content, never from the file name. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.io;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
