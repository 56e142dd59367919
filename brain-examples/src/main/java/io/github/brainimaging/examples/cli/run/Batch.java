package io.github.brainimaging.examples.cli.run;

import io.github.brainimaging.core.explanation.Explainer;
import io.github.brainimaging.core.explanation.Explanation;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.io.ImageFormatException;
import io.github.brainimaging.core.pipeline.Analysis;
import io.github.brainimaging.core.pipeline.BrainPipeline;
import io.github.brainimaging.core.pipeline.Outcome;
import io.github.brainimaging.core.report.ReportWriter;
import io.github.brainimaging.core.work.Progress;
import io.github.brainimaging.core.work.Workers;
import io.github.brainimaging.examples.cli.file.Input;
import io.github.brainimaging.examples.cli.file.Terminal;
import io.github.brainimaging.examples.cli.option.ExplanationMethod;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a pipeline over files, several at a time, writes the report and prints a table.
 *
 * @param folder where the report is written
 * @param jobs how many files are analyzed at a time
 * @param run what makes a run the same as an earlier one, whose results are then kept (see {@link
 *     RunIdentity}); empty to begin anew
 * @param table where rows are printed
 */
public record Batch(Path folder, int jobs, String run, PrintWriter table) {

  /** Told of every outcome while it is in memory. */
  @FunctionalInterface
  public interface Listener {
    void outcome(Input input, Outcome<Analysis> outcome) throws IOException;
  }

  /** What is done with an input. */
  @FunctionalInterface
  public interface Steps {
    /** One outcome, in a stream that is closed after it was read. */
    Stream<Outcome<Analysis>> of(Input input);
  }

  /** Analyzes some inputs, in their order. */
  private interface Run {
    Stream<Explained> of(List<Input> inputs);
  }

  /** An outcome, and where its class is seen if somebody asked. */
  private record Explained(Outcome<Analysis> outcome, @Nullable Explanation explanation) {}

  /**
   * Runs all and gives the number of inputs that failed.
   *
   * @param explainer says where the classes are seen; nobody asks where there is none
   * @param listener not told of results that were kept of an earlier run
   * @throws IOException if the report cannot be written
   * @throws CancellationException if the thread is interrupted
   */
  public int run(
      BrainPipeline pipeline,
      List<Input> inputs,
      ReportWriter.Facts facts,
      @Nullable Explainer explainer,
      Listener listener)
      throws IOException {
    return whole(
        some ->
            pipeline
                .withParallelism(jobs)
                .analyzeAll(
                    some.stream().map(Input::file).toList(),
                    Progress.none(),
                    outcome -> new Explained(outcome, explanation(explainer, outcome))),
        inputs,
        facts,
        listener);
  }

  /**
   * The same with a way of its own for each input, such as a classifier that knows the patient, or
   * a pair of images that are fused.
   *
   * @throws IOException if the report cannot be written
   * @throws CancellationException if the thread is interrupted
   */
  public int run(
      Steps steps,
      List<Input> inputs,
      ReportWriter.Facts facts,
      @Nullable Explainer explainer,
      Listener listener)
      throws IOException {
    return whole(
        some -> Workers.map(some, jobs, input -> single(steps.of(input), explainer)),
        inputs,
        facts,
        listener);
  }

  private static Explained single(
      Stream<Outcome<Analysis>> outcomes, @Nullable Explainer explainer) {
    try (Stream<Outcome<Analysis>> one = outcomes) {
      Outcome<Analysis> outcome = one.iterator().next();
      return new Explained(outcome, explanation(explainer, outcome));
    }
  }

  private int whole(Run run, List<Input> inputs, ReportWriter.Facts facts, Listener listener)
      throws IOException {
    try {
      return analyze(run, inputs, facts, listener);
    } catch (ClosedByInterruptException e) {
      throw ended(e, folder);
    }
  }

  /** A run that was interrupted while it wrote. */
  static CancellationException ended(ClosedByInterruptException interrupt, Path folder) {
    CancellationException ended =
        new CancellationException("interrupted at the report in " + folder);
    ended.initCause(interrupt);
    return ended;
  }

  private int analyze(Run analyses, List<Input> inputs, ReportWriter.Facts facts, Listener listener)
      throws IOException {
    List<Path> files = inputs.stream().map(Input::file).toList();
    int width = Math.min(48, inputs.stream().mapToInt(i -> i.name().length()).max().orElse(0));
    try (ReportWriter report = ReportWriter.resume(folder, facts, files, run, jobs);
        ProgressLine progress = new ProgressLine("images", inputs.size(), report.size())) {
      int kept = Math.min(report.size(), files.size());
      int told = report.failed();
      if (kept > 0) {
        progress.println(
            table,
            kept + " of " + files.size() + (kept == 1 ? " was" : " were") + " analyzed before");
      }
      try (Stream<Explained> outcomes = analyses.of(inputs.subList(kept, inputs.size()))) {
        Iterator<Explained> each = outcomes.iterator();
        for (Input input : inputs.subList(kept, inputs.size())) {
          Explained result = each.next();
          if (result.explanation == null) {
            report.add(input.name(), result.outcome);
          } else {
            report.add(input.name(), result.outcome, result.explanation);
          }
          listener.outcome(input, result.outcome);
          progress.println(table, row(input, result.outcome, width));
          told += result.outcome.analysis().isPresent() ? 0 : 1;
          progress.step();
        }
      }
      report.finish();
      if (report.failed() > told) {
        progress.println(
            table,
            report.failed()
                - told
                + " of these FAILED after that: the heap is too small to draw them (java -Xmx);"
                + " report.json tells which");
      }
      progress.println(
          table,
          String.format(
              Locale.ROOT,
              "%d analyzed%s, %d failed; report: %s",
              inputs.size() - report.failed(),
              report.refused() == 0 ? "" : " (" + report.refused() + " out of domain)",
              report.failed(),
              folder.resolve("index.html")));
      return report.failed();
    }
  }

  /** Of what was given a class. */
  private static @Nullable Explanation explanation(
      @Nullable Explainer explainer, Outcome<Analysis> outcome) {
    Optional<Analysis> analysis = outcome.analysis();
    Optional<Prediction> said = analysis.flatMap(Analysis::prediction);
    return explainer == null || said.isEmpty()
        ? null
        : ExplanationMethod.ofAnswer(explainer, analysis.orElseThrow().image(), said.get());
  }

  private static String row(Input input, Outcome<Analysis> outcome, int width) {
    String name =
        String.format(Locale.ROOT, "%-" + Math.max(1, width) + "s  ", Terminal.plain(input.name()));
    Optional<Analysis> analysis = outcome.analysis();
    return name
        + analysis
            .map(Batch::findings)
            .orElseGet(() -> "FAILED: " + failure(input.file(), outcome));
  }

  /** Why an input failed, for people: without the file with which the row begins. */
  static String failure(Path file, Outcome<?> outcome) {
    return outcome instanceof Outcome.Failure<?> failure
        ? Terminal.plain(ImageFormatException.reason(failure.cause(), file))
        : "";
  }

  private static String findings(Analysis analysis) {
    String label =
        analysis
            .prediction()
            .map(
                p -> String.format(Locale.ROOT, "%-12s %5.1f %%", p.label(), 100 * p.probability()))
            .orElse("");
    String region =
        analysis
            .segmentation()
            .map(Batch::region)
            .orElse(analysis.remarks().isEmpty() ? "" : "not segmented");
    double milliseconds =
        analysis.milliseconds().values().stream().mapToDouble(Double::doubleValue).sum();
    String row = String.format(Locale.ROOT, "%-20s  %-18s %6.0f ms", label, region, milliseconds);
    String doubt = analysis.assessment().reasons().isEmpty() ? "" : "  " + analysis.assessment();
    String unsure =
        analysis
            .prediction()
            .filter(Prediction::isUnsure)
            .map(p -> "  unsure: " + Batch.leftOpen(p))
            .orElse("");
    String between =
        analysis
            .prediction()
            .flatMap(Prediction::uncertainty)
            .map(u -> String.format(Locale.ROOT, "  %.2f to %.2f", u.low(), u.high()))
            .orElse("");
    String left =
        analysis.segmentation().isPresent() ? "  " + String.join("; ", analysis.remarks()) : "";
    String warnings = "  " + String.join("; ", analysis.image().warnings());
    return Terminal.plain(row + between + unsure + doubt + left + warnings).stripTrailing();
  }

  /** The same words as on the page. */
  private static String leftOpen(Prediction unsure) {
    String labels = String.join(" or ", unsure.set().orElseThrow());
    return labels.isEmpty() ? "fits no label well" : labels;
  }

  private static String region(Segmentation segmentation) {
    if (!segmentation.found()) {
      return "no region found";
    }
    String sure =
        segmentation.expectedDice().isPresent()
            ? String.format(
                Locale.ROOT, ", Dice about %.2f", segmentation.expectedDice().getAsDouble())
            : "";
    return size(segmentation) + sure;
  }

  private static String size(Segmentation segmentation) {
    return segmentation.areaMm2().isPresent()
        ? String.format(
            Locale.ROOT,
            "%d px, %.1f mm2",
            segmentation.areaPixels(),
            segmentation.areaMm2().getAsDouble())
        : segmentation.areaPixels() + " px";
  }
}
