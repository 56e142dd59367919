package io.github.brainimaging.examples.spark;

import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.io.ImageFormatException;
import io.github.brainimaging.core.io.NiftiWriter;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.core.pipeline.Analysis;
import io.github.brainimaging.core.pipeline.Outcome;
import io.github.brainimaging.core.pipeline.VolumeAnalysis;
import io.github.brainimaging.core.work.Progress;
import io.github.brainimaging.examples.cli.file.Input;
import io.github.brainimaging.examples.cli.file.LeftOut;
import io.github.brainimaging.examples.cli.file.VolumeInput;
import io.github.brainimaging.examples.cli.option.SequencesOption;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.Row;

/**
 * What a task does: one input after the other becomes a row, or a row for each series and each
 * image of a folder. What is wrong with an input is its row; what is wrong with the models, the
 * options or the place of masks ends the task.
 */
final class InputAnalyzer {

  /** No earlier run wrote anything among the inputs. */
  private static final Path NO_REPORT = Path.of("no report");

  private final ExecutorModels models;
  private final String options;
  private final boolean folders;
  private final MaskFiles masks;
  private final Configuration hadoop = SparkHadoopUtil.get().conf();

  /**
   * For a task, in its thread.
   *
   * @param arguments of the job
   * @param options of them, what the results depend on
   * @param folders whether an input may be a folder
   * @param masks where masks are written; empty for nowhere
   */
  InputAnalyzer(String[] arguments, String options, boolean folders, String masks) {
    TaskContext task = TaskContext.get();
    models = ExecutorModels.of(arguments, task.cpus());
    this.options = options;
    this.folders = folders;
    this.masks = new MaskFiles(masks, task.taskAttemptId(), hadoop);
  }

  /** Rows of inputs, made when they are asked for. */
  Iterator<Row> rows(Iterator<String> inputs) {
    Stream<String> each =
        StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(inputs, Spliterator.ORDERED), false);
    return each.flatMap(input -> rows(input).stream()).map(ResultRow::row).iterator();
  }

  private List<ResultRow> rows(String input) {
    try {
      LocalCopy copy;
      try {
        copy = LocalCopy.of(input, folders, hadoop);
      } catch (IOException | RuntimeException e) {
        return List.of(failed(input, "", e, Path.of("")));
      }
      try (copy) {
        return rows(input, copy.path());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<ResultRow> rows(String input, Path path) throws IOException {
    List<Path> given = List.of(path);
    List<Input> images;
    List<VolumeInput> volumes;
    SequencesOption.Cases cases;
    LeftOut leftOut = new LeftOut();
    try {
      images = new ArrayList<>(Input.list(given, NO_REPORT));
      volumes = VolumeInput.takeFrom(given, images, null, leftOut);
      cases = models.cases(path, volumes);
    } catch (IOException | RuntimeException e) {
      return List.of(failed(input, "", e, path));
    }
    boolean several = Files.isDirectory(path);
    List<ResultRow> rows = new ArrayList<>();
    for (VolumeInput volume : volumes) {
      rows.add(volume(input, several ? volume.name() : "", volume, cases));
    }
    for (Input image : images) {
      rows.add(image(input, several ? image.name() : "", image));
    }
    if (rows.isEmpty()) {
      StringWriter words = new StringWriter();
      leftOut.print(new PrintWriter(words));
      rows.add(failed(input, "", new IOException(words.toString().strip()), path));
    }
    return rows;
  }

  private ResultRow image(String input, String part, Input image) throws IOException {
    Outcome<Analysis> outcome = first(models.images().analyzeAll(List.of(image.file())));
    if (outcome instanceof Outcome.Failure<Analysis> failure) {
      return failed(input, part, failure.cause(), image.file());
    }
    ResultRow row = begun(input, part);
    Analysis found = outcome.analysis().orElseThrow();
    row.image(found);
    return withMask(
        row,
        input,
        part,
        ".png",
        found.segmentation().map(region -> out -> PngImageWriter.write(region.mask(), out)));
  }

  private ResultRow volume(
      String input, String part, VolumeInput volume, SequencesOption.Cases cases)
      throws IOException {
    Outcome<VolumeAnalysis> outcome =
        first(models.volumes(cases, volume).analyzeInputs(List.of(volume), Progress.none()));
    if (outcome instanceof Outcome.Failure<VolumeAnalysis> failure) {
      return failed(input, part, failure.cause(), volume.files().get(0));
    }
    ResultRow row = begun(input, part);
    VolumeAnalysis found = outcome.analysis().orElseThrow();
    row.volume(found);
    return withMask(
        row,
        input,
        part,
        ".nii.gz",
        found.segmentation().map(region -> out -> writePacked(region.mask(), out)));
  }

  private static void writePacked(VolumeMask mask, OutputStream out) throws IOException {
    GZIPOutputStream packed = new GZIPOutputStream(out);
    NiftiWriter.withDefaults().write(mask, packed);
    packed.finish();
  }

  /** Writes the mask, where one is wanted and there is one. */
  private ResultRow withMask(
      ResultRow row, String input, String part, String ending, Optional<MaskFiles.Content> mask)
      throws IOException {
    if (masks.wanted() && mask.isPresent()) {
      row.put("mask", masks.write(input, part, ending, mask.get()));
    }
    return row;
  }

  private static <A> Outcome<A> first(Stream<Outcome<A>> one) {
    try (one) {
      return one.findFirst().orElseThrow();
    }
  }

  private ResultRow begun(String input, String part) {
    ResultRow row = new ResultRow(input);
    row.put("part", part.isEmpty() ? null : part);
    row.put("options", options);
    row.put("executor", SparkEnv.get().executorId() + " process " + ProcessHandle.current().pid());
    row.put("model_loads", ExecutorModels.loads());
    models.describe(row);
    return row;
  }

  /**
   * A row of an input that could not be analyzed.
   *
   * @param path what its message may begin with, which is not told
   */
  private ResultRow failed(String input, String part, Exception cause, Path path) {
    if (cause instanceof CancellationException ended) {
      throw ended; // the task was told to end
    }
    ResultRow row = begun(input, part);
    row.failure(ImageFormatException.reason(cause, path));
    return row;
  }
}
