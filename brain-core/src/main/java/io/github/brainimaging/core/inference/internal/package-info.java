/** What results are made by. Not API. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.inference.internal;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
