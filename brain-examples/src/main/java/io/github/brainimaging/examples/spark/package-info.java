/**
 * A job of Apache Spark to start and to copy: what {@code analyze} says of folders too large for
 * one machine, as a row per input. Needs Spark, which brings its own libraries along:
 * docs/spark.md.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.examples.spark;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
