package io.github.brainimaging.core.pipeline;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.work.Progress;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** BrainPipeline keeps the {@link PipelineContract}. */
class BrainPipelineContractTest extends PipelineContract {

  private static final MedicalImage ONE = FakeModels.constant(5, 4, 9);
  private static final MedicalImage OTHER = FakeModels.constant(4, 4, 9);

  @Override
  Door door() {
    return new Builder();
  }

  @SuppressWarnings("NullAway") // a step of the host's own may give null
  private static MedicalImage changed(MedicalImage input, Gives what) {
    return switch (what) {
      case OTHER_GRID -> OTHER;
      case NOTHING -> null;
      default -> input;
    };
  }

  private static Mask onePixel() {
    boolean[] inside = new boolean[20];
    inside[7] = true;
    return Mask.of(5, 4, inside);
  }

  @SuppressWarnings("NullAway")
  private static Segmentation mask(Gives what) {
    return switch (what) {
      case SAME_GRID -> new Segmentation(Mask.empty(5, 4), Spacing.UNKNOWN);
      case A_MASK -> new Segmentation(onePixel(), Spacing.UNKNOWN);
      case OTHER_GRID -> new Segmentation(Mask.empty(4, 4), Spacing.UNKNOWN);
      case NOTHING -> null;
      case NO_MEMORY -> throw new OutOfMemoryError("Java heap space");
      case AN_ERROR -> throw new IllegalArgumentException("no");
    };
  }

  private record Saying(List<String> labels, List<Double> probabilities) implements Classifier {
    @Override
    public Prediction classify(MedicalImage input) {
      return Prediction.of(
          labels, probabilities.stream().mapToDouble(Double::doubleValue).toArray());
    }
  }

  private record Given(Prediction prediction) implements Classifier {
    @Override
    public List<String> labels() {
      return List.copyOf(prediction.probabilities().keySet());
    }

    @Override
    public Prediction classify(MedicalImage input) {
      return prediction;
    }
  }

  private static final class Silent implements Classifier {
    @Override
    public List<String> labels() {
      return SCREENING;
    }

    @Override
    @SuppressWarnings("NullAway")
    public Prediction classify(MedicalImage input) {
      return null;
    }
  }

  private record Input(String name) implements NamedInput<MedicalImage> {
    @Override
    public MedicalImage read() throws IOException {
      if (name.equals("damaged")) {
        throw new IOException("damaged: no image");
      }
      return ONE;
    }
  }

  private static final class Builder implements Door {

    private final BrainPipeline.Builder builder = BrainPipeline.builder();

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

  private record Built(BrainPipeline pipeline) implements Ready {
    @Override
    public Found analyze() {
      Analysis analysis = pipeline.analyze("a", ONE);
      return new Found(
          analysis.assessment(),
          analysis.predictions(),
          analysis.segmentation().isPresent(),
          List.copyOf(analysis.milliseconds().keySet()),
          analysis.segmentation().filter(Segmentation::found).isPresent(),
          analysis.remarks());
    }

    @Override
    public Stream<Outcome<Analysis>> analyzeAll(List<String> names, Progress progress) {
      return pipeline.analyzeInputs(names.stream().map(Input::new).toList(), progress);
    }
  }
}
