/** The nodes of networks, and those who give their layers a meaning. Not API. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.models.network.internal;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
