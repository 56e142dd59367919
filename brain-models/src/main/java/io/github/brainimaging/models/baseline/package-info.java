/**
 * P4's baselines: classical classifiers on the features of a network, fitted by Tribuo, which is
 * optional. One begins with {@link io.github.brainimaging.models.baseline.Baseline}.
 */
@NullMarked
package io.github.brainimaging.models.baseline;

import org.jspecify.annotations.NullMarked;
