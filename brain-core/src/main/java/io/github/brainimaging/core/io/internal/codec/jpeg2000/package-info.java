/**
 * JPEG 2000 codestreams (ITU-T T.800, part 1, and T.814, part 15), reversible and irreversible. Not
 * API.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.io.internal.codec.jpeg2000;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
