package io.github.brainimaging.examples.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.io.NiftiWriter;
import io.github.brainimaging.examples.cli.Commands;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegisterCommandTest {

  private static final Pattern SHIFT =
      Pattern.compile("moving.nii turned by .* shifted by (\\S+), (\\S+), (\\S+) mm; .*\\d");

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Object... arguments) {
    return Commands.run(out, err, arguments);
  }

  /**
   * A head of 36 x 40 x 32 voxels with two things inside, or a part of it that begins at a voxel.
   */
  private Path head(String name, Affine place, int from, int size) throws IOException {
    VolumeGrid grid = VolumeGrid.ofSize(Math.min(36, size), Math.min(40, size), Math.min(32, size));
    float[] samples = new float[grid.voxels()];
    for (int i = 0; i < samples.length; i++) {
      int x = from + i % grid.width();
      int y = from + i / grid.width() % grid.height();
      int z = from + i / (grid.width() * grid.height());
      samples[i] =
          (inside(x, 18, 14) + inside(y, 20, 17) + inside(z, 16, 13) < 1 ? 100 : 0)
              + (inside(x, 12, 4) + inside(y, 14, 5) + inside(z, 18, 6) < 1 ? 80 : 0)
              - (inside(x, 23, 3) + inside(y, 26, 6) + inside(z, 13, 4) < 1 ? 60 : 0);
    }
    Path file = folder.resolve(name);
    NiftiWriter.withDefaults().write(MedicalVolume.of(grid.withAffine(place), samples), file);
    return file;
  }

  private static double inside(int at, int center, double radius) {
    return (at - center) * (at - center) / (radius * radius);
  }

  @Test
  void tellsAKnownShiftInMillimetersAndWritesTheVolumeWhereItBelongs() throws IOException {
    Affine place = Affine.scaling(4, 4, 4);
    Path fixed = head("fixed.nii", place, 0, 40);
    Path moving = head("moving.nii", place.then(Affine.translation(6, -5, 3)), 0, 40);
    Path registered = folder.resolve("registered.nii.gz");

    assertThat(run("register", fixed, moving, "--out", registered)).as(err.toString()).isZero();

    Matcher told = SHIFT.matcher(out.toString());
    assertThat(told.find()).as(out.toString()).isTrue();
    assertThat(Double.parseDouble(told.group(1))).isCloseTo(6, within(0.5));
    assertThat(Double.parseDouble(told.group(2))).isCloseTo(-5, within(0.5));
    assertThat(Double.parseDouble(told.group(3))).isCloseTo(3, within(0.5));
    MedicalVolume truth = MedicalVolumeReader.withDefaults().read(fixed);
    MedicalVolume found = MedicalVolumeReader.withDefaults().read(registered);
    assertThat(found.grid().matches(truth.grid())).isTrue();
    double difference = 0;
    for (int i = 0; i < truth.samples().length; i++) {
      difference += Math.abs(truth.samples()[i] - found.samples()[i]);
    }
    assertThat(difference / truth.samples().length).isLessThan(3);
  }

  @Test
  void stretchesWhereItIsAsked() throws IOException {
    Path fixed = head("fixed.nii", Affine.scaling(4, 4, 4), 0, 40);
    Path moving = head("moving.nii", Affine.scaling(4, 4.4, 4), 0, 40);
    Path registered = folder.resolve("registered.nii.gz");

    int status = run("register", fixed, moving, "--affine", "--out", registered);

    assertThat(status).as(err.toString()).isZero();
    Matcher told =
        Pattern.compile("stretched by (\\S+), (\\S+), (\\S+) along").matcher(out.toString());
    assertThat(told.find()).as(out.toString()).isTrue();
    assertThat(Double.parseDouble(told.group(1))).isCloseTo(1, within(0.04));
    assertThat(Double.parseDouble(told.group(2))).isCloseTo(1 / 1.1, within(0.04));
    assertThat(out.toString()).contains("before 1.", "% overlap");
  }

  @Test
  void writesNothingWhereBothCannotOverlap() throws IOException {
    Path fixed = head("fixed.nii", Affine.scaling(4, 4, 4), 0, 40);
    Path speck =
        head("speck.nii", Affine.scaling(4, 4, 4).then(Affine.translation(-30, 60, 60)), 12, 4);
    Path registered = folder.resolve("registered.nii");

    assertThat(run("register", fixed, speck, "--out", registered)).isEqualTo(1);

    assertThat(err.toString()).contains("speck.nii: cannot be registered", "Nothing is written");
    assertThat(registered).doesNotExist();
  }

  @Test
  void whatIsNoVolumeFileIsRefusedBeforeTheWork() {
    assertThat(run("register", "a.nii", "b.nii", "--out", "c.png")).isEqualTo(2);

    assertThat(err.toString()).contains("--out must end with .nii, .nii.gz or .nrrd for a volume");
  }

  @Test
  void neverWritesOverWhatItReads() throws IOException {
    Affine place = Affine.scaling(4, 4, 4);
    Path fixed = head("fixed.nii", place, 0, 40);
    Path moving = head("moving.nii", place, 0, 40);
    byte[] before = Files.readAllBytes(moving);
    Path link = folder.resolve("link.nii");
    Files.createLink(link, moving);

    for (Path out : List.of(moving, link)) {
      assertThat(run("register", fixed, moving, "--out", out)).isEqualTo(2);
      assertThat(run("fuse", "--mri", fixed, "--ct", moving, "--out", out)).isEqualTo(2);
      assertThat(run("strip", moving, "--out", out)).isEqualTo(2);
      assertThat(run("bias-correct", moving, "--out", out)).isEqualTo(2);
      assertThat(run("deface", moving, "--out", out)).isEqualTo(2);
      assertThat(run("convert", moving, "--out", out)).isEqualTo(2);
    }

    assertThat(err.toString()).contains("--out must be another file than what is read, got");
    assertThat(moving).hasBinaryContent(before);
  }

  @Test
  void whatCannotBeRegisteredIsToldWithBothFilesAndWarningsAreNoted() throws IOException {
    Affine place = Affine.scaling(4, 4, 4);
    Path fixed = head("fixed.nii", place, 0, 40);
    MedicalVolume head = MedicalVolumeReader.withDefaults().read(fixed);
    float[] samples = head.samples();
    samples[5] = Float.NaN;
    Path holed = folder.resolve("holed.nii");
    NiftiWriter.withDefaults().write(head.wrapVoxels(head.grid(), samples), holed);
    Path registered = folder.resolve("out.nii");

    assertThat(run("register", fixed, holed, "--out", registered)).as(err.toString()).isZero();
    assertThat(err.toString()).contains("holed.nii: 1 of ", "no numbers");

    Path slice = folder.resolve("slice.nii");
    VolumeGrid flat = VolumeGrid.ofSize(36, 40, 1).withAffine(place);
    NiftiWriter.withDefaults()
        .write(MedicalVolume.of(flat, Arrays.copyOf(head.samples(), 36 * 40)), slice);
    Path none = folder.resolve("none.nii");
    assertThat(run("register", fixed, slice, "--out", none)).isEqualTo(1);
    assertThat(err.toString())
        .contains("slice.nii (moving) on ", "fixed.nii (fixed): moving must be a volume of 2 or");
    assertThat(none).doesNotExist();
  }
}
