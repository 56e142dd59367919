/**
 * Data sets as files with classes, masks and patients: {@link
 * io.github.brainimaging.core.data.DataSet}, {@link
 * io.github.brainimaging.core.data.ImageMaskPairs} and {@link
 * io.github.brainimaging.core.data.SequenceSet}; splits that keep patients whole; and {@link
 * io.github.brainimaging.core.data.Duplicates}, copies between what learns and what judges.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.data;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
