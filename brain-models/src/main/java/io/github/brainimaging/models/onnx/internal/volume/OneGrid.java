package io.github.brainimaging.models.onnx.internal.volume;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.registration.CommonGrid;
import io.github.brainimaging.models.card.VolumeCard;
import java.util.ArrayList;
import java.util.List;

/**
 * The sequences of an examination on the grid of the first.
 *
 * @param volumes in the order of the card
 * @param remarks what was done to them, in words
 */
public record OneGrid(List<MedicalVolume> volumes, List<String> remarks) {

  /**
   * Brings them there.
   *
   * @param sequences volumes as read, in the card's order
   * @param reference upon whose grid all are brought
   * @param grids how
   * @throws IllegalArgumentException if their number is another, or one cannot be brought there
   */
  public static OneGrid of(
      List<MedicalVolume> sequences, MedicalVolume reference, VolumeCard card, CommonGrid grids) {
    List<String> names = card.sequences();
    Arguments.require(
        sequences.size() == names.size(),
        "sequences must be the %s volumes %s, got %s",
        names.size(),
        names,
        sequences.size());
    List<MedicalVolume> volumes = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      CommonGrid.Placed placed;
      try {
        placed = grids.place(reference, sequences.get(i));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(names.get(i) + ": " + e.getMessage(), e);
      }
      volumes.add(placed.volume());
      if (!placed.done().isEmpty()) {
        remarks.add(names.get(i) + " was " + placed.done());
      }
    }
    return new OneGrid(volumes, remarks);
  }
}
