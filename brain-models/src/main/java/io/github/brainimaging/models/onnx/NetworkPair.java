package io.github.brainimaging.models.onnx;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.VolumeCard;
import io.github.brainimaging.models.onnx.internal.volume.CoarseBox;
import io.github.brainimaging.models.onnx.internal.volume.LabelField;
import io.github.brainimaging.models.onnx.internal.volume.PreparedSequences;
import io.github.brainimaging.models.onnx.internal.volume.SlidingWindow;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A network of volumes, and the one that is asked before it where its card names one.
 *
 * @param fine the network
 * @param coarse the one that is asked first
 */
record NetworkPair(VolumeNetwork fine, @Nullable VolumeNetwork coarse) implements AutoCloseable {

  static NetworkPair load(
      ModelSource model,
      @Nullable VolumeCard card,
      @Nullable String mirror,
      LoadedModel.Options options) {
    VolumeNetwork fine = VolumeNetwork.load(model, card, mirror, options);
    try {
      Optional<VolumeCard.Coarse> within = fine.card().within();
      return new NetworkPair(
          fine,
          within.isPresent()
              ? coarse(
                  VolumeNetwork.load(model.sibling(within.get().model()), null, mirror, options),
                  fine.card())
              : null);
    } catch (RuntimeException e) {
      fine.close();
      throw e;
    }
  }

  private static VolumeNetwork coarse(VolumeNetwork coarse, VolumeCard fine) {
    VolumeCard rough = coarse.card();
    if (rough.convention() == VolumeCard.Convention.WHOLE
        && rough.within().isEmpty()
        && rough.sequences().equals(fine.sequences())
        && rough.orientation().equals(fine.orientation())
        && rough.axes().equals(fine.axes())) {
      return coarse;
    }
    coarse.close();
    throw new ModelException(
        "the card of model %s must have convention WHOLE, nothing within, and sequences, orientation and axes of %s, got %s"
            .formatted(coarse.name(), fine, rough));
  }

  /**
   * The labels on the grid of the sequences: of classes one map of numbers, else a map for each.
   */
  short[][] run(List<MedicalVolume> sequences) {
    VolumeCard card = fine.card();
    int maps = card.hasClasses() ? 1 : card.labels().size();
    return prepare(sequences)
        .map(prepared -> fill(fine, prepared, false).onInput())
        .orElseGet(() -> new short[maps][sequences.get(0).grid().voxels()]);
  }

  /** How probable each voxel of the sequences is to be of the tumor; 0 where nobody looked. */
  MedicalVolume probabilities(List<MedicalVolume> sequences) {
    VolumeGrid grid = sequences.get(0).grid();
    return prepare(sequences)
        .map(prepared -> fill(fine, prepared, true).tumorOnInput())
        .orElseGet(() -> MedicalVolume.wrap(grid, 1, new float[grid.voxels()]));
  }

  /** What the fine network is given; empty if the coarse one finds nothing. */
  Optional<PreparedSequences> prepare(List<MedicalVolume> sequences) {
    fine.session().requireOpen();
    Optional<CoarseBox> within = Optional.empty();
    if (coarse != null) {
      PreparedSequences whole = PreparedSequences.of(sequences, coarse.card(), within);
      LabelField rough = fill(coarse, whole.staying(), false);
      double margin = fine.card().within().orElseThrow().margin();
      within = CoarseBox.around(tumor(rough.onGrid(), coarse.card()), whole, margin);
      if (within.isEmpty()) {
        return Optional.empty();
      }
    }
    return Optional.of(PreparedSequences.of(sequences, fine.card(), within));
  }

  private static LabelField fill(
      VolumeNetwork network, PreparedSequences prepared, boolean probable) {
    LabelField field = new LabelField(network.card(), prepared, probable);
    List<Integer> size =
        List.of(prepared.grid().width(), prepared.grid().height(), prepared.grid().depth());
    try {
      new SlidingWindow(size, network.card()).run(prepared.channels(), network::run, field::add);
    } catch (ModelException e) {
      throw new ModelException(
          "model " + network.name() + " on " + size + ": " + e.getMessage(), e);
    }
    return field;
  }

  /** The union of the tumor labels. */
  static boolean[] tumor(short[][] found, VolumeCard card) {
    boolean[] union = new boolean[found[0].length];
    for (String label : card.tumorLabels()) {
      int index = card.labels().indexOf(label);
      for (int i = 0; i < union.length; i++) {
        union[i] |= LabelField.has(found, index, card.hasClasses(), i);
      }
    }
    return union;
  }

  @Override
  public void close() {
    fine.close();
    if (coarse != null) {
      coarse.close();
    }
  }
}
