/**
 * What a model is, beside its file: {@link io.github.brainimaging.models.card.ModelCard} tells its
 * labels, how images are fed to it ({@link io.github.brainimaging.models.card.ModelInput}), where
 * it comes from and what it reaches. Knows neither engine nor network. A card as JSON:
 *
 * <pre>{@code
 * {
 *   "schemaVersion": 1,
 *   "name": "brain-tumor-mri",
 *   "version": "1",
 *   "description": "Four classes of head MRI slices",
 *   "architecture": "residual network, 0.7 million parameters",
 *   "task": "CLASSIFICATION",
 *   "input": {"width": 128, "height": 128, "channels": 1, "layout": "NCHW",
 *             "fit": "PAD", "interpolation": "BILINEAR", "normalization": "UNIT"},
 *   "activation": "LOGITS",
 *   "labels": ["glioma", "meningioma", "notumor", "pituitary"],
 *   "tumorLabels": ["glioma", "meningioma", "pituitary"],
 *   "sha256": "9f86d081...",
 *   "license": "CC0-1.0",
 *   "trainingData": "Brain Tumor MRI Dataset, 5,385 slices",
 *   "results": {"accuracy": 0.98},
 *   "measured": "on 515 validation slices, no near copies of training slices",
 *   "notes": "Axial, coronal and sagittal slices; not a medical device"
 * }
 * }</pre>
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.models.card;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
