/**
 * Data sets as files with classes, masks and patients: {@link
 * io.github.brainimaging.core.data.DataSet}, {@link
 * io.github.brainimaging.core.data.ImageMaskPairs} and {@link
 * io.github.brainimaging.core.data.SequenceSet}; splits that keep patients whole; and {@link
 * io.github.brainimaging.core.data.Duplicates}, copies between what learns and what judges.
 *
 * <p>Slices of one head are nearly the same picture, so that a split by slices promises too much:
 * {@code groupedBy} names the patient by what the parentheses of a pattern hold of each path. Equal
 * seeds give equal splits.
 *
 * <pre>{@code
 * DataSet all =
 *     DataSet.ofFolder(Path.of("images")).groupedBy(java.util.regex.Pattern.compile("/(P[0-9]+)_"));
 * DataSet.Split split = all.holdOut(0.2, 1);
 * System.out.println(split.training().counts() + " to learn from, of " + all.labels());
 * }</pre>
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.data;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
