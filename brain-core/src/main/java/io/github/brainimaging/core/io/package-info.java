/**
 * Reading and writing images. The format is found from the content, never from the file name:
 * {@link io.github.brainimaging.core.io.MedicalImageReader} for slices, {@link
 * io.github.brainimaging.core.io.MedicalVolumeReader} for volumes and folders of one DICOM series,
 * {@link io.github.brainimaging.core.io.DicomFolder} for folders of several.
 *
 * <p>Damaged and lying files end in an {@link io.github.brainimaging.core.io.ImageFormatException}
 * that says where; what was guessed stands in {@code warnings()} of what was read. Readers are
 * immutable and shared freely. Writers take a file, which is written whole or not at all, or a
 * stream.
 *
 * <pre>{@code
 * MedicalVolume head = MedicalVolumeReader.withDefaults().read(Path.of("head.nii.gz"));
 * DisplayWindow window = DisplayWindow.ofPercentiles(head.samples());
 * PngImageWriter.write(head.slice(70), window, Path.of("slice.png"));
 * for (DicomSeries series : DicomFolder.scan(Path.of("study")).series()) {
 *   System.out.println(series);
 * }
 * }</pre>
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.io;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
