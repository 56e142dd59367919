/**
 * DICOM (PS3.5 and PS3.10): data sets, pixel data, and how slices become volumes. Only the tags of
 * {@code Tag} are kept, none of which names a patient; messages tell tags and offsets, never
 * values. Not API.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.io.internal.dicom;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
