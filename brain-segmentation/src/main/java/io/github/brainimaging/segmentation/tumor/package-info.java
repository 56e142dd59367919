/**
 * Finding the tumor in a picture of the head without a network: {@link
 * io.github.brainimaging.segmentation.tumor.TumorSegmenter} is the library's own chain, tuned on
 * FLAIR and contrast-enhanced T1, and by {@code published()} that of P1 (median, skull stripping,
 * Otsu); {@link io.github.brainimaging.segmentation.tumor.PlausibleLesion} leaves out of any mask
 * what cannot be a lesion.
 *
 * <p>A lesion is taken to be brighter than the brain around it, unless {@code withPolarity} says
 * otherwise. {@code explain} gives every step as a picture. How good it is stands in the
 * documentation (segmentation.md). Immutable, and safe to share between threads.
 *
 * <pre>{@code
 * TumorSegmenter segmenter = TumorSegmenter.withDefaults();
 * Segmentation found = segmenter.segment(image);
 * System.out.println(found.mask().count() + " pixels, confidence " + found.confidence());
 * segmenter.explain(image).forEach(System.out::println);
 * }</pre>
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.segmentation.tumor;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
