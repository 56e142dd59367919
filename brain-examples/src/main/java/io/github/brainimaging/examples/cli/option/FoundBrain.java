package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.domain.BrainVolume;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.slice.SliceSampling;
import io.github.brainimaging.models.stripping.OnnxSkullStripper;
import java.lang.ref.WeakReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the brain by the embedded network, opened when it is first asked. Remembers the last
 * volume, since classifier and segmenter ask about the same one.
 */
public final class FoundBrain implements Function<MedicalVolume, VolumeMask>, AutoCloseable {

  /** Volumes may show a part of the brain only. */
  private static final BrainVolume POSSIBLE =
      new BrainVolume(0, BrainVolume.ofPeople().maximumMl());

  private @Nullable OnnxSkullStripper stripper;
  private WeakReference<MedicalVolume> last = new WeakReference<>(null);
  private @Nullable VolumeMask brain;

  @Override
  public synchronized VolumeMask apply(MedicalVolume volume) {
    if (brain == null || !last.refersTo(volume)) {
      stripper = stripper == null ? OnnxSkullStripper.embedded() : stripper;
      brain = stripper.extract(volume);
      last = new WeakReference<>(volume);
    }
    return brain;
  }

  /** The slices that hold enough of it. */
  public SliceSampling slices() {
    return SliceSampling.ofBrain(this, POSSIBLE);
  }

  @Override
  public synchronized void close() {
    if (stripper != null) {
      stripper.close();
    }
  }
}
