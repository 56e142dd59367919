/**
 * Removes the bias field of MRI: the slow change of brightness over the head that the coils make.
 * N4, and N3 as the older method with the same core.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.bias;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
