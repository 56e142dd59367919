package io.github.brainimaging.examples.cli;

import io.github.brainimaging.core.pipeline.Analysis;
import io.github.brainimaging.core.pipeline.BrainPipeline;
import io.github.brainimaging.core.pipeline.Outcome;
import io.github.brainimaging.core.pipeline.Segmentation;
import io.github.brainimaging.core.report.ReportFacts;
import io.github.brainimaging.segmentation.tumor.TumorSegmenter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Segments images whatever their class, and scores the masks against the truth if it is there. */
@Command(
    name = "segment",
    mixinStandardHelpOptions = true,
    description = "Segments images whatever their class; with --truth, scores the masks.")
final class SegmentCommand implements Callable<Integer> {

  /** The choices of {@code --method}. */
  enum Method {
    DEFAULT,
    PUBLISHED
  }

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "INPUT", description = "Image files or folders.")
  private List<Path> paths = List.of();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description =
          "Where masks, overlays, report.json and index.html are written; with --truth also"
              + " scores.json, scores.csv and worst.png, the ten worst cases.")
  private Path out = Path.of("");

  @Option(
      names = "--truth",
      paramLabel = "DIR",
      description = "True masks: of the same relative name, or NN_mask.png for NN_flair.png.")
  private @Nullable Path truth;

  @Option(
      names = "--method",
      paramLabel = "default|published",
      description =
          "The library's default, or the chain of the paper that the README calls P1, which always"
              + " finds something (default: default).")
  private Method method = Method.DEFAULT;

  @Option(
      names = "--minimum-score",
      paramLabel = "SCORE",
      description =
          "Default method: what a region must score to be reported, 0 or more; a large, round lesion"
              + " on one side scores about 1, and with 0 the best region is always reported"
              + " (default: 0.072).")
  private @Nullable Double minimumScore;

  private TumorSegmenter segmenter() {
    if (minimumScore == null) {
      return method == Method.PUBLISHED
          ? TumorSegmenter.published()
          : TumorSegmenter.withDefaults();
    }
    if (method == Method.PUBLISHED) {
      throw new ParameterException(
          spec.commandLine(), "--minimum-score does not go with --method published");
    }
    try {
      return TumorSegmenter.ofMinimumScore(minimumScore);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--minimum-score: " + e.getMessage(), e);
    }
  }

  @Override
  public Integer call() throws IOException {
    TumorSegmenter segmenter = segmenter();
    List<Input> inputs = Input.list(paths, out);
    Map<Input, Path> masks = truth == null ? Map.of() : masks(inputs, new TruthMasks(truth));
    Set<Path> truthFiles = new HashSet<>(masks.values());
    if (truth != null && masks.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--truth: no mask in " + truth + " for any of " + inputs.size() + " images");
    }
    inputs = inputs.stream().filter(input -> !truthFiles.contains(input.file())).toList();
    BrainPipeline pipeline = BrainPipeline.builder().segment(segmenter).build();
    Scores scores = new Scores();
    PrintWriter table = spec.commandLine().getOut();
    int failed =
        Batch.run(
            pipeline,
            inputs,
            out,
            new ReportFacts("", ""),
            table,
            (input, outcome) -> score(input, outcome, masks.get(input), scores));
    if (truth != null) {
      table.println(scores);
      table.flush();
      ScoreFiles.write(scores, out);
    }
    return failed == 0 && scores.failures().isEmpty() ? 0 : 1;
  }

  private static Map<Input, Path> masks(List<Input> inputs, TruthMasks truth) throws IOException {
    Map<Input, Path> masks = new LinkedHashMap<>();
    for (Input input : inputs) {
      truth.find(input).ifPresent(path -> masks.put(input, path));
    }
    return masks;
  }

  private static void score(Input input, Outcome outcome, @Nullable Path mask, Scores scores) {
    Optional<Analysis> analysis = outcome.analysis();
    Optional<Segmentation> found = analysis.flatMap(Analysis::segmentation);
    if (analysis.isEmpty() || found.isEmpty()) {
      return;
    }
    if (mask == null) {
      scores.addWithoutTruth();
      return;
    }
    try {
      scores.add(input.name(), analysis.get().image(), TruthMasks.read(mask), found.get());
    } catch (IOException | IllegalArgumentException e) {
      scores.addFailure(input.name(), mask + ": " + e);
    }
  }
}
