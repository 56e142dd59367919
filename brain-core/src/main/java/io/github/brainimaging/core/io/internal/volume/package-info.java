/**
 * Volume files: what a header tells in one form whatever the format, and how the bytes become
 * samples. NRRD, MetaImage, MGH and Analyze 7.5 are here; NIfTI has a package of its own. Not API.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.io.internal.volume;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
