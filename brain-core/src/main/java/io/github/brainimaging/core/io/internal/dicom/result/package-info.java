/**
 * DICOM objects that are made: segmentations, reports, structure sets, captures. They belong to the
 * patient and the study of the images that they were made from. Not API.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.io.internal.dicom.result;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
