/**
 * What a study holds: {@link io.github.brainimaging.core.study.Study} describes each of its series
 * and chooses the one for a task, with a reason for every one that is left out.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.study;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
