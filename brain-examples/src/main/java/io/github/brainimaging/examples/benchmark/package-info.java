/** JMH benchmarks: how long the steps of an analysis take, warm. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.examples.benchmark;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
