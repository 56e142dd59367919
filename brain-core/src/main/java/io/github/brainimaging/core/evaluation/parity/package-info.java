/** Whether two programs say the same of the same case, and where and why not. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.evaluation.parity;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
