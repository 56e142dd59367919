package io.github.brainimaging.examples.cli.command;

import io.github.brainimaging.core.evaluation.parity.Parity;
import io.github.brainimaging.core.geometry.VolumeCrop;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.study.Study;
import io.github.brainimaging.core.study.StudySeries;
import io.github.brainimaging.examples.cli.file.NumpyFile;
import io.github.brainimaging.examples.cli.file.Terminal;
import io.github.brainimaging.examples.cli.option.Numbers;
import io.github.brainimaging.examples.cli.option.SegmenterFile;
import io.github.brainimaging.models.onnx.OnnxVolumeSegmenter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares a result with that of another program on the same case. */
@Command(
    name = "parity",
    mixinStandardHelpOptions = true,
    description = {
      "Compares a label map, or what a network is given, with the reference of another program on"
          + " the same case: Dice of each label, voxels that differ and where, and what the"
          + " difference looks like.",
      "Ends with 0 where both agree, with 1 where they do not."
    })
public final class ParityCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "OURS",
      description =
          "A label map or mask; with --segmenter the case: a volume, or the folder of an"
              + " examination. NIfTI, NRRD and others, or .npy of slices, rows, columns.")
  private Path oursFile = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "REFERENCE",
      description = "What the other program gives: a label map, or with --prepared its tensor.")
  private Path referenceFile = Path.of("");

  @Option(
      names = "--segmenter",
      paramLabel = "FILE.onnx|DIR",
      description = "A network of volumes, as segment takes it, that is run on OURS first.")
  private @Nullable Path model;

  @Option(
      names = "--prepared",
      description =
          "Compare numbers, not labels: with --segmenter what the network is given, before it is"
              + " cut into patches (REFERENCE: a volume, or .npy of channels, slices, rows, columns).")
  private boolean prepared;

  @Option(
      names = "--minimum-dice",
      converter = Numbers.Share.class,
      paramLabel = "DICE",
      defaultValue = "0.999",
      description = "Labels agree if none has a lower Dice (default: ${DEFAULT-VALUE}).")
  private double minimumDice;

  @Option(
      names = "--tolerance",
      converter = Numbers.NotNegativeReal.class,
      paramLabel = "NUMBER",
      defaultValue = "0.001",
      description =
          "With --prepared: numbers agree that differ by less (default: ${DEFAULT-VALUE}).")
  private double tolerance;

  @Override
  public Integer call() throws IOException {
    List<MedicalVolume> reference = volumes(referenceFile);
    List<MedicalVolume> ours = model == null ? volumes(oursFile) : run(model);
    if (ours.size() != reference.size()) {
      throw new ParameterException(
          spec.commandLine(),
          "REFERENCE must have as many channels as ours, %d, got %d"
              .formatted(ours.size(), reference.size()));
    }
    boolean agree = true;
    PrintWriter out = spec.commandLine().getOut();
    for (int i = 0; i < ours.size(); i++) {
      if (ours.size() > 1) {
        out.println("channel " + i);
      }
      Parity parity = compare(ours.get(i), reference.get(i));
      agree &= prepared ? parity.different() == 0 : parity.likeness() >= minimumDice;
      print(parity, ours.get(i).grid().voxels(), out);
    }
    out.println(agree ? "both agree" : "THEY DIFFER");
    out.flush();
    return agree ? 0 : 1;
  }

  private Parity compare(MedicalVolume ours, MedicalVolume reference) throws IOException {
    try {
      return prepared
          ? Parity.ofSamples(ours, reference, tolerance)
          : Parity.ofLabels(ours, reference);
    } catch (IllegalArgumentException e) {
      throw new IOException(
          oursFile + " (ours) and " + referenceFile + " (reference): " + e.getMessage(), e);
    }
  }

  private static List<MedicalVolume> volumes(Path file) throws IOException {
    return NumpyFile.isMeantBy(file)
        ? NumpyFile.read(file)
        : List.of(MedicalVolumeReader.withDefaults().read(file));
  }

  private List<MedicalVolume> run(Path network) throws IOException {
    try (OnnxVolumeSegmenter segmenter = SegmenterFile.ofVolumes(network).build()) {
      List<MedicalVolume> sequences = new ArrayList<>();
      List<String> names = segmenter.card().sequences();
      if (names.size() == 1) {
        sequences.add(MedicalVolumeReader.withDefaults().read(oursFile));
      } else {
        for (StudySeries each : Study.scan(oursFile).sequences(names).values()) {
          sequences.add(each.read());
        }
      }
      if (prepared) {
        return segmenter.prepared(sequences);
      }
      VolumeSegmentation found = segmenter.segment(sequences);
      return List.of(
          found.labels().map(all -> all.toVolume()).orElseGet(() -> found.mask().toVolume()));
    }
  }

  private static void print(Parity parity, int voxels, PrintWriter out) {
    parity
        .dice()
        .forEach(
            (label, dice) ->
                out.println(String.format(Locale.ROOT, "label %d: Dice %.5f", label, dice)));
    if (parity.dice().isEmpty()) {
      out.println(
          String.format(
              Locale.ROOT,
              "correlation %.6f, largest difference %.5g",
              parity.likeness(),
              parity.largest()));
    }
    String where =
        parity
            .where()
            .map(ParityCommand::words)
            .map(box -> ", " + box + ", most of them on slice " + parity.worstSlice())
            .orElse("");
    out.println(parity.different() + " of " + voxels + " voxels differ" + where);
    parity.sentences().forEach(hint -> out.println("  " + Terminal.plain(hint)));
  }

  private static String words(VolumeCrop.Box box) {
    return "x %d to %d, y %d to %d, z %d to %d"
        .formatted(
            box.x(),
            box.x() + box.width() - 1,
            box.y(),
            box.y() + box.height() - 1,
            box.z(),
            box.z() + box.depth() - 1);
  }
}
