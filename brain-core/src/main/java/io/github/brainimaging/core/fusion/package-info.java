/**
 * One image from two registered ones, MRI and CT of the same head (P5), by five methods; and
 * measures of how much of both is left in it.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.fusion;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
