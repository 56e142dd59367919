package io.github.brainimaging.core.pipeline;

import static io.github.brainimaging.core.pipeline.FakeModels.ABOVE_HALF;
import static io.github.brainimaging.core.pipeline.FakeModels.BRIGHTNESS;
import static io.github.brainimaging.core.pipeline.FakeModels.constant;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.Assessor;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.transform.intensity.MinMax;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a pipeline and its answer say of themselves. */
class PipelinePrintTest {

  private static final Assessment DOUBT =
      new Assessment(Assessment.Verdict.DOUBTFUL, List.of("another sequence"));
  private static final Assessor DOUBTING = image -> DOUBT;

  @Test
  void printsItsReaderItsStepsAndThatItInsists() {
    BrainPipeline.Builder builder =
        BrainPipeline.builder()
            .assess(DOUBTING)
            .step("unit", MinMax.toUnit())
            .classify(BRIGHTNESS)
            .segment(ABOVE_HALF);
    String steps =
        "BrainPipeline[read: "
            + MedicalImageReader.withDefaults()
            + ", assess: "
            + DOUBTING
            + ", unit: MinMax[to unit], classify: "
            + BRIGHTNESS
            + ", segment: "
            + ABOVE_HALF;

    assertThat(builder.build()).hasToString(steps + "]");
    assertThat(builder.insist().build()).hasToString(steps + ", insists]");
  }

  @Test
  void printsADoubtBehindTheClass() {
    Analysis analysis =
        BrainPipeline.builder()
            .assess(DOUBTING)
            .classify(BRIGHTNESS)
            .build()
            .analyze("a", constant(4, 4, 204));

    assertThat(analysis).hasToString("Analysis[a, 4x4, glioma 0.8000, " + DOUBT + "]");
  }
}
