/** What the formats have in common. Not API. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.io.internal;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
