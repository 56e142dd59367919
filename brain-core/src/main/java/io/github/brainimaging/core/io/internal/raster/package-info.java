/**
 * PNG, JPEG, TIFF and BMP. Each decoder checks the header itself and hands the JDK's decoder only
 * what it needs of the file. Not API.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.io.internal.raster;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
