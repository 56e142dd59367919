package io.github.brainimaging.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.measure.Change.Amount;
import io.github.brainimaging.core.measure.Change.Part;
import io.github.brainimaging.core.registration.MovedHead;
import io.github.brainimaging.core.registration.RigidTransform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("data")
class ChangeTest {

  private static final Affine LATER =
      Affine.scaling(-3, 3, 3).then(Affine.translation(67.5, -65.5, -74.5));

  /** Other voxels, as another scanner has them. */
  private static final Affine EARLIER =
      Affine.scaling(3, 3, 4).then(Affine.translation(-70, -65, -76));

  /** How the head lay at the earlier visit. */
  private static final RigidTransform LAY = new RigidTransform(6, -8, 10, 5, -4, 3, 3, 2, -7);

  /** A ball in the head, in mm. */
  private record Ball(double x, double y, double z, double radius) {

    boolean holds(double[] p) {
      return Math.sqrt(Math.pow(p[0] - x, 2) + Math.pow(p[1] - y, 2) + Math.pow(p[2] - z, 2))
          < radius;
    }
  }

  private static Visit visit(String name, Affine affine, RigidTransform lay, Ball... balls) {
    boolean other = affine.equals(EARLIER);
    MedicalVolume head =
        other
            ? MovedHead.volume(46, 44, 38, affine, lay, false)
            : MovedHead.volume(44, 46, 46, affine, lay, false);
    VolumeGrid grid = head.grid();
    Affine back = affine.then(lay.toAffine().inverse());
    boolean[] inside = new boolean[grid.voxels()];
    for (int i = 0; i < inside.length; i++) {
      int row = i / grid.width();
      int slice = row / grid.height();
      double[] p = back.apply(i % grid.width(), row % grid.height(), slice);
      for (Ball ball : balls) {
        inside[i] |= ball.holds(p);
      }
    }
    return new Visit(name, head, VolumeMask.wrap(grid, inside));
  }

  @Test
  void tellsWhatGrewCameWentAndStayedThoughTheHeadHasMoved() {
    Visit earlier =
        visit(
            "may",
            EARLIER,
            LAY,
            new Ball(22, 0, 10, 15),
            new Ball(-25, -20, 0, 11),
            new Ball(-18, 34, -12, 9),
            new Ball(-20, 5, 33, 4.5));
    Visit later =
        visit(
            "june",
            LATER,
            MovedHead.NONE,
            new Ball(22, 0, 10, 18),
            new Ball(-25, -20, 0, 11),
            new Ball(12, -40, 22, 8),
            new Ball(-20, -4, 33, 4.5));

    Change change = earlier.changeTo(later);

    assertThat(change.registration().doubts()).isEmpty();
    assertThat(change.before()).isEqualTo(Lesion.of(earlier.mask(), earlier.head()));
    assertThat(change.after()).isEqualTo(Lesion.of(later.mask(), later.head()));
    assertThat(change.parts()).hasSize(5);
    Part grown = change.parts().get(0);
    assertClose(grown.volumeMl(), ml(15), ml(18), 0.05);
    assertThat(grown.volumeMl().percent().getAsDouble()).isCloseTo(72.8, within(8.0));
    assertThat(grown.productMm2().percent().getAsDouble()).isCloseTo(44, within(12.0));
    Part same = change.parts().get(1);
    assertClose(same.volumeMl(), ml(11), ml(11), 0.08);
    Part gone = change.parts().get(2);
    assertThat(gone.isGone()).isTrue();
    assertThat(gone.isNew()).isFalse();
    assertClose(gone.volumeMl(), ml(9), 0, 0.1);
    assertThat(gone.volumeMl().percent().getAsDouble()).isCloseTo(-100, within(1e-9));
    Part come = change.parts().get(3);
    assertThat(come.isNew()).isTrue();
    assertClose(come.volumeMl(), 0, ml(8), 0.1);
    assertThat(come.volumeMl().percent()).isEmpty();
    // Nothing overlaps, and their middles are 9 mm apart.
    Part near = change.parts().get(4);
    assertThat(near.before()).hasSize(1);
    assertThat(near.after()).hasSize(1);
    assertThat(change.toString()).startsWith("since may: ").endsWith(", 1 new, 1 gone");
  }

  @Test
  void lesionsThatGrewTogetherAreOnePart() {
    Visit earlier =
        visit("a", LATER, MovedHead.NONE, new Ball(10, 0, 10, 7), new Ball(10, 25, 10, 6));
    Visit later = visit("b", LATER, MovedHead.NONE, new Ball(10, 12, 10, 20));

    List<Part> together = earlier.changeTo(later).parts();
    List<Part> apart = later.changeTo(earlier).parts();

    assertThat(together).hasSize(1);
    assertThat(together.get(0).before()).hasSize(2);
    assertThat(together.get(0).after()).hasSize(1);
    assertThat(apart).hasSize(1);
    assertThat(apart.get(0).before()).isEqualTo(together.get(0).after());
    assertThat(apart.get(0).after()).isEqualTo(together.get(0).before());
  }

  @Test
  void whereOneVisitHasNoLesionAllAreNewOrGone() {
    Visit none = visit("none", LATER, MovedHead.NONE);
    Visit one = visit("one", LATER, MovedHead.NONE, new Ball(10, 12, 10, 12));

    assertThat(none.changeTo(one).parts()).extracting(Part::isNew).containsExactly(true);
    assertThat(one.changeTo(none).parts()).extracting(Part::isGone).containsExactly(true);
    Change nothing = none.changeTo(none);
    assertThat(nothing.parts()).isEmpty();
    assertThat(nothing.volumeMl().difference()).hasValue(0);
    assertThat(nothing)
        .hasToString("since none: 0.00 to 0.00 ml, product of diameters 0 to 0 mm2, 0 new, 0 gone");
  }

  /** A mask of 0.054 ml has not seen a new lesion. */
  @Test
  void specksAreNoNewLesions() {
    Visit large = visit("large", LATER, MovedHead.NONE, new Ball(20, 0, 10, 12));
    boolean[] more = large.mask().toArray();
    int speck = (20 * 46 + 20) * 44 + 30;
    more[speck] = true;
    more[speck + 1] = true;
    Visit specked = new Visit("b", large.head(), VolumeMask.of(large.mask().grid(), more));

    Change change = large.changeTo(specked);

    assertThat(change.after()).hasSize(2);
    assertThat(change.specks()).isEqualTo(1);
    assertThat(change.parts()).extracting(Part::isSpeck).containsExactly(false, true);
    assertThat(change.toString()).endsWith("0 new, 0 gone, specks below 0.1 ml apart");
    assertThat(large.changeTo(large).toString()).endsWith("0 new, 0 gone");
  }

  /** As RANO: the five largest of which both diameters are 10 mm or more. */
  @Test
  void addsUpTheProductsOfMeasurableLesionsOnly() {
    Visit large = visit("large", LATER, MovedHead.NONE, new Ball(20, 0, 10, 12));
    Visit both =
        visit("both", LATER, MovedHead.NONE, new Ball(20, 0, 10, 12), new Ball(-25, 0, 10, 3.5));

    Change change = large.changeTo(both);

    assertThat(change.parts()).hasSize(2);
    assertThat(change.productMm2().percent()).hasValue(0);
    assertThat(change.parts().get(1).productMm2().after().getAsDouble()).isPositive();
    assertThat(change.volumeMl().difference().getAsDouble()).isPositive();
  }

  @Test
  void nothingIsToldInMillilitersWhereTheSpacingIsUnknown() {
    Visit placed = visit("a", LATER, MovedHead.NONE, new Ball(20, 0, 10, 12));
    VolumeGrid size = VolumeGrid.ofSize(44, 46, 46);
    Visit bare =
        new Visit(
            "bare",
            placed.head().wrapVoxels(size, placed.head().samples()),
            VolumeMask.of(size, placed.mask().toArray()));

    Change change = bare.changeTo(bare);

    assertThat(change.parts()).hasSize(1);
    assertThat(change.volumeMl())
        .isEqualTo(new Amount(OptionalDouble.empty(), OptionalDouble.empty()));
    assertThat(change.productMm2().percent()).isEmpty();
    assertThat(change.toString()).contains("unknown, since a spacing is");
    assertThatThrownBy(() -> bare.changeTo(placed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("spacing must be known of both images or of none");
  }

  @Test
  void refusesWhatIsNoVisit() {
    Visit visit = visit("a", LATER, MovedHead.NONE);
    VolumeGrid two = VolumeGrid.ofSize(2, 2, 2).withSpacing(VoxelSpacing.ofMillimeters(1));
    MedicalVolume colored = MedicalVolume.wrap(two, 3, new float[24]);

    assertThatThrownBy(() -> new Visit("a", colored, VolumeMask.empty(two)))
        .hasMessage("head must have 1 channel, got 3");
    assertThatThrownBy(() -> new Visit("a", visit.head(), VolumeMask.empty(two)))
        .hasMessageStartingWith("mask must lie on the grid of the head");
  }

  /** The two visits have moved against each other; the reference masks of the enhancing part. */
  @Test
  void findsTheLesionsOfARealPatientAgainAfterAKnownMove() throws IOException {
    Path data = Path.of(System.getProperty("brain.data", "../../shared/data"), "volumes/tumor");
    assumeTrue(Files.isDirectory(data), () -> "no real images: " + data + " is absent");
    Visit before = read(data, "progression01_pre_T1C");
    Visit after = read(data, "progression01_post_T1C");

    Change change = before.changeTo(after);

    assertThat(change.registration().doubts()).isEmpty();
    assertThat(change.volumeMl().before().getAsDouble())
        .isEqualTo(before.mask().volumeMl().getAsDouble(), within(1e-6));
    assertThat(change.volumeMl().after().getAsDouble())
        .isEqualTo(after.mask().volumeMl().getAsDouble(), within(1e-6));
    Part largest = change.parts().get(0);
    assertThat(largest.before()).contains(change.before().get(0));
    assertThat(largest.after()).contains(change.after().get(0));
    // The same patient moved by a known transform: nothing has changed.
    RigidTransform move = new RigidTransform(5, -4, 8, 6, -5, 3, 0, 0, 0);
    Affine place = after.head().grid().requireAffine().then(move.toAffine());
    VolumeGrid moved = after.head().grid().withAffine(place);
    Visit again =
        new Visit(
            "again",
            after.head().wrapVoxels(moved, after.head().samples()),
            VolumeMask.of(moved, after.mask().toArray()));
    Change same = after.changeTo(again);
    assertThat(same.volumeMl().percent().getAsDouble()).isEqualTo(0, within(1e-9));
    assertThat(same.productMm2().percent().getAsDouble()).isEqualTo(0, within(1e-6));
    assertThat(same.parts()).noneMatch(Part::isNew).noneMatch(Part::isGone);
  }

  private static Visit read(Path data, String name) throws IOException {
    MedicalVolumeReader reader = MedicalVolumeReader.withDefaults();
    return new Visit(
        name,
        reader.read(data.resolve(name + ".nii.gz")),
        VolumeMask.above(reader.read(data.resolve(name + "_mask.nii.gz")), 0.5f));
  }

  private static double ml(double radius) {
    return 4 / 3.0 * Math.PI * Math.pow(radius, 3) / 1000;
  }

  private static void assertClose(Amount found, double before, double after, double share) {
    assertThat(found.before().getAsDouble()).isEqualTo(before, within(share * before + 1e-9));
    assertThat(found.after().getAsDouble()).isEqualTo(after, within(share * after + 1e-9));
  }
}
