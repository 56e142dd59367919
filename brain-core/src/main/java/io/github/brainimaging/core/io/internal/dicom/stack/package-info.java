/** Which frames of DICOM files are of one volume, and in which order. Not API. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.io.internal.dicom.stack;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
