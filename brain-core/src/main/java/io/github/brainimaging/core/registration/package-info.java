/**
 * Finds how one image or volume must be turned and shifted to lie on another of the same head, also
 * of another modality.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.registration;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
