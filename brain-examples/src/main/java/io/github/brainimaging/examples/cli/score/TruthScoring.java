package io.github.brainimaging.examples.cli.score;

import io.github.brainimaging.core.data.MaskFolder;
import io.github.brainimaging.core.data.MaskReader;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.pipeline.Analysis;
import io.github.brainimaging.core.pipeline.Outcome;
import io.github.brainimaging.core.pipeline.VolumeAnalysis;
import io.github.brainimaging.core.report.CaseSheet;
import io.github.brainimaging.core.work.OutputNames;
import io.github.brainimaging.examples.cli.file.Input;
import io.github.brainimaging.examples.cli.file.Outputs;
import io.github.brainimaging.examples.cli.file.Pictures;
import io.github.brainimaging.examples.cli.file.VolumeInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Scores what was found against a folder of true masks: images in {@code scores.json}, {@code
 * scores.csv} and {@code worst.png}, volumes in {@code volume-scores.json}, {@code
 * volume-scores.csv} and {@code worst-volumes.png}.
 */
public final class TruthScoring {

  private final Path out;
  private final PrintWriter log;
  private final boolean sideBySide;
  private final MaskReader reader;
  private final Map<Path, Path> masks = new LinkedHashMap<>();
  private final Scores images = Scores.ofImages();
  private final Scores volumes = Scores.ofVolumes();
  private final OutputNames imageNames = new OutputNames();
  private final OutputNames volumeNames = new OutputNames("-volume");

  /**
   * Looks for the masks of all inputs.
   *
   * @param sideBySide whether to draw a picture of every case, {@code compared/NAME.png}
   */
  public TruthScoring(
      MaskFolder truth,
      MaskReader reader,
      List<Input> inputs,
      List<VolumeInput> volumeInputs,
      Path out,
      boolean sideBySide,
      PrintWriter log)
      throws IOException {
    this.out = out;
    this.log = log;
    this.reader = reader;
    this.sideBySide = sideBySide;
    for (Input input : inputs) {
      truth.maskOf(input.below(), input.file()).ifPresent(mask -> masks.put(input.file(), mask));
    }
    for (VolumeInput input : volumeInputs) {
      Path first = input.files().get(0);
      truth.volumeMaskOf(input.below(), input.files()).ifPresent(mask -> masks.put(first, mask));
    }
  }

  public boolean isEmpty() {
    return masks.isEmpty();
  }

  /** Whether a file is a true mask, and thus no input even where it lies among them. */
  public boolean isMask(Path file) {
    return masks.containsValue(file);
  }

  public void score(Input input, Outcome<Analysis> outcome) throws IOException {
    Optional<Analysis> analysis = outcome.analysis();
    if (analysis.isEmpty()) {
      return;
    }
    Path mask = masks.get(input.file());
    if (mask == null) {
      images.addWithoutTruth();
      return;
    }
    MedicalImage image = analysis.get().image();
    // What was not segmented, for whatever reason, counts as nothing found.
    Segmentation found =
        analysis
            .get()
            .segmentation()
            .orElseGet(
                () -> new Segmentation(Mask.empty(image.width(), image.height()), image.spacing()));
    CaseSheet.Case shown;
    try {
      shown = images.add(input.name(), image, reader.read(mask), found);
    } catch (IOException | IllegalArgumentException e) {
      images.addFailure(input.name(), reason(mask, e));
      return;
    }
    draw(shown, imageNames.next(input.name()));
  }

  public void scoreVolume(VolumeInput input, Outcome<VolumeAnalysis> outcome) throws IOException {
    Optional<VolumeAnalysis> analysis = outcome.analysis();
    if (analysis.isEmpty()) {
      return;
    }
    MedicalVolume volume = analysis.get().volume();
    VolumeMask found =
        analysis
            .get()
            .segmentation()
            .map(VolumeSegmentation::mask)
            .orElseGet(() -> VolumeMask.empty(volume.grid()));
    Path mask = masks.get(input.files().get(0));
    if (mask == null) {
      volumes.addWithoutTruth();
      return;
    }
    CaseSheet.Case shown;
    try {
      shown = volumes.add(input.name(), volume, reader.readVolume(mask), found);
    } catch (IOException | IllegalArgumentException e) {
      volumes.addFailure(input.name(), reason(mask, e));
      return;
    }
    draw(shown, volumeNames.next(input.name()));
  }

  /** Readers name the file themselves. */
  private static String reason(Path mask, Exception failure) {
    String text = String.valueOf(failure.getMessage());
    return text.startsWith(mask + ": ") ? text : mask + ": " + failure;
  }

  private void draw(CaseSheet.Case shown, String name) throws IOException {
    if (sideBySide) {
      Path png = out.resolve(Outputs.COMPARED).resolve(name + ".png");
      Pictures.write(png, log, () -> CaseSheet.draw(List.of(shown)));
    }
  }

  /** Prints and writes the scores, and gives the number of masks that could not be scored. */
  public int finish(PrintWriter table) throws IOException {
    if (!images.isEmpty()) {
      table.println(images);
      ScoreFiles.write(images, out, "scores", "worst.png", table);
    }
    if (!volumes.isEmpty()) {
      table.println(volumes);
      ScoreFiles.write(volumes, out, "volume-scores", "worst-volumes.png", table);
    }
    table.flush();
    return images.failures().size() + volumes.failures().size();
  }
}
