package io.github.brainimaging.examples.cli;

import io.github.brainimaging.core.pipeline.Analysis;
import io.github.brainimaging.core.pipeline.BrainPipeline;
import io.github.brainimaging.core.pipeline.Outcome;
import io.github.brainimaging.core.pipeline.Segmentation;
import io.github.brainimaging.core.pipeline.Segmenter;
import io.github.brainimaging.core.pipeline.SliceSegmenter;
import io.github.brainimaging.core.pipeline.VolumePipeline;
import io.github.brainimaging.core.report.ReportFacts;
import io.github.brainimaging.models.onnx.OnnxSegmenter;
import io.github.brainimaging.segmentation.morphology.VolumeCleanUp;
import io.github.brainimaging.segmentation.tumor.TumorSegmenter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
    CLASSICAL,
    PUBLISHED,
    LEARNED
  }

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "INPUT",
      description = "Image files, volumes (NIfTI or DICOM) or folders.")
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
      paramLabel = "classical|published|learned",
      description =
          "The library's classical segmenter; the chain of the paper that the README calls P1,"
              + " which always finds something; or a network, made for contrast-enhanced T1 unless"
              + " --segmenter names another (default: classical).")
  private Method method = Method.CLASSICAL;

  @Mixin private final SegmenterOptions network = new SegmenterOptions();

  @Option(
      names = "--minimum-score",
      paramLabel = "SCORE",
      description =
          "Classical method: what a region must score to be reported, 0 or more; a large, round"
              + " lesion on one side scores about 1, and with 0 the best region is always reported"
              + " (default: 0.072).")
  private @Nullable Double minimumScore;

  private TumorSegmenter classical() {
    if (minimumScore == null) {
      return method == Method.PUBLISHED
          ? TumorSegmenter.published()
          : TumorSegmenter.withDefaults();
    }
    try {
      return TumorSegmenter.ofMinimumScore(minimumScore);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--minimum-score: " + e.getMessage(), e);
    }
  }

  @Override
  public Integer call() throws IOException {
    boolean learned = method == Method.LEARNED || network.model != null;
    if (minimumScore != null && (learned || method == Method.PUBLISHED)) {
      throw new ParameterException(
          spec.commandLine(), "--minimum-score goes with --method classical only");
    }
    if (!learned) {
      return run(classical(), new ReportFacts("", ""));
    }
    try (OnnxSegmenter segmenter = network.open()) {
      return run(
          segmenter, new ReportFacts(segmenter.card().name(), segmenter.device().toString()));
    }
  }

  private int run(Segmenter segmenter, ReportFacts facts) throws IOException {
    List<Input> inputs = new ArrayList<>(Input.list(paths, out));
    List<VolumeInput> volumes = VolumeInput.takeFrom(paths, inputs);
    int failed = 0;
    if (!volumes.isEmpty()) {
      VolumePipeline pipeline =
          VolumePipeline.builder()
              .segment(VolumeCleanUp.withDefaults().after(SliceSegmenter.of(segmenter)))
              .build();
      failed += new VolumeBatch(pipeline, out).run(volumes, spec.commandLine().getOut());
      if (inputs.isEmpty() && truth == null) {
        return failed == 0 ? 0 : 1;
      }
    }
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
    failed +=
        Batch.run(
            pipeline,
            inputs,
            out,
            facts,
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
