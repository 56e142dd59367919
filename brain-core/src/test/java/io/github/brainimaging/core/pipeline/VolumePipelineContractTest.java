package io.github.brainimaging.core.pipeline;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.VolumeClassifier;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.work.Progress;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** VolumePipeline keeps the {@link PipelineContract}. */
class VolumePipelineContractTest extends PipelineContract {

  private static final VolumeGrid GRID =
      VolumeGrid.ofSize(4, 3, 2).withAffine(Affine.scaling(1, 1, 2));

  /** The same size elsewhere in the patient. */
  private static final VolumeGrid ELSEWHERE =
      VolumeGrid.ofSize(4, 3, 2).withAffine(Affine.scaling(1, 1, 3));

  private static final MedicalVolume ONE = MedicalVolume.of(GRID, new float[24]);
  private static final MedicalVolume OTHER = MedicalVolume.of(ELSEWHERE, new float[24]);

  @Override
  Door door() {
    return new Builder();
  }

  @SuppressWarnings("NullAway") // a step of the host's own may give null
  private static MedicalVolume changed(MedicalVolume input, Gives what) {
    return switch (what) {
      case OTHER_GRID -> OTHER;
      case NOTHING -> null;
      default -> input;
    };
  }

  @SuppressWarnings("NullAway")
  private static VolumeSegmentation mask(Gives what) {
    return switch (what) {
      case SAME_GRID -> found(GRID, 0);
      case A_MASK -> found(GRID, 1);
      case OTHER_GRID -> found(ELSEWHERE, 0);
      case NOTHING -> null;
      case NO_MEMORY -> throw new OutOfMemoryError("Java heap space");
      case AN_ERROR -> throw new IllegalArgumentException("no");
    };
  }

  private static VolumeSegmentation found(VolumeGrid grid, int voxels) {
    boolean[] inside = new boolean[24];
    Arrays.fill(inside, 0, voxels, true);
    return new VolumeSegmentation(VolumeMask.of(grid, inside), OptionalDouble.empty());
  }

  private record Saying(List<String> labels, List<Double> probabilities)
      implements VolumeClassifier {
    @Override
    public Prediction classify(MedicalVolume input) {
      return Prediction.of(
          labels, probabilities.stream().mapToDouble(Double::doubleValue).toArray());
    }
  }

  private record Given(Prediction prediction) implements VolumeClassifier {
    @Override
    public List<String> labels() {
      return List.copyOf(prediction.probabilities().keySet());
    }

    @Override
    public Prediction classify(MedicalVolume input) {
      return prediction;
    }
  }

  private static final class Silent implements VolumeClassifier {
    @Override
    public List<String> labels() {
      return SCREENING;
    }

    @Override
    @SuppressWarnings("NullAway")
    public Prediction classify(MedicalVolume input) {
      return null;
    }
  }

  private record Input(String name) implements NamedInput<MedicalVolume> {
    @Override
    public MedicalVolume read() throws IOException {
      if (name.equals("damaged")) {
        throw new IOException("damaged: no image");
      }
      return ONE;
    }
  }

  private static final class Builder implements Door {

    private final VolumePipeline.Builder builder = VolumePipeline.builder();

    @Override
    public Door step(String name, Gives what) {
      builder.step(name, input -> changed(input, what));
      return this;
    }

    @Override
    public Door assess(Assessment assessment) {
      builder.assess(input -> assessment);
      return this;
    }

    @Override
    public Door insist() {
      builder.insist();
      return this;
    }

    @Override
    public Door classify(Prediction prediction) {
      builder.classify(new Given(prediction));
      return this;
    }

    @Override
    public Door classify(List<String> labels, double... probabilities) {
      builder.classify(new Saying(labels, DoubleStream.of(probabilities).boxed().toList()));
      return this;
    }

    @Override
    public Door classifyNothing() {
      builder.classify(new Silent());
      return this;
    }

    @Override
    public Door classifyWhen(
        Predicate<Prediction> condition, List<String> labels, double... probabilities) {
      builder.classifyWhen(
          condition, new Saying(labels, DoubleStream.of(probabilities).boxed().toList()));
      return this;
    }

    @Override
    public Door segment(Gives what) {
      builder.segment(input -> mask(what));
      return this;
    }

    @Override
    public Door segmentWhen(Predicate<Prediction> condition, Gives what) {
      builder.segmentWhen(condition, input -> mask(what));
      return this;
    }

    @Override
    public Door keepWhen(Predicate<Prediction> condition) {
      builder.keepWhen((prediction, found) -> condition.test(prediction));
      return this;
    }

    @Override
    public Ready build() {
      return new Built(builder.build());
    }
  }

  private record Built(VolumePipeline pipeline) implements Ready {
    @Override
    public Found analyze() {
      VolumeAnalysis analysis = pipeline.analyze("a", ONE);
      return new Found(
          analysis.assessment(),
          analysis.predictions(),
          analysis.segmentation().isPresent(),
          List.copyOf(analysis.milliseconds().keySet()),
          analysis.segmentation().filter(VolumeSegmentation::found).isPresent(),
          analysis.remarks());
    }

    @Override
    public Stream<Outcome<VolumeAnalysis>> analyzeAll(List<String> names, Progress progress) {
      return pipeline.analyzeInputs(names.stream().map(Input::new).toList(), progress);
    }
  }
}
