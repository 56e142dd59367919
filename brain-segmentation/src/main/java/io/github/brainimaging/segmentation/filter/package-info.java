/**
 * Filters that keep the size of the image and replace every pixel by a function of its
 * neighborhood.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.segmentation.filter;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
