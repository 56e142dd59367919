package io.github.brainimaging.models.card;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.image.ScanFacts;
import io.github.brainimaging.core.inference.ConformalSets;
import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.core.testing.OptionContract.Observation;
import io.github.brainimaging.core.testing.OptionContract.Option;
import io.github.brainimaging.core.transform.spatial.Interpolation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Options of a card and of what it says of a network's input. */
public final class CardOptions {

  private CardOptions() {}

  /** What people read of a card; declared in a class that the builder extends. */
  private static final Set<String> PROVENANCE =
      Set.of(
          "version",
          "description",
          "architecture",
          "license",
          "trainingData",
          "results",
          "measured",
          "notes");

  private static final Set<String> ANSWER =
      Set.of("output", "threshold", "temperature", "scaling", "domain", "sets");

  public static List<Option> all() {
    return Stream.concat(inputs().stream(), cards().stream()).toList();
  }

  private static List<Option> inputs() {
    float[] samples = new float[12 * 6];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = i % 12 < 4 ? 0 : i * 31 % 97 + 50;
    }
    MedicalImage image = MedicalImage.ofGray(12, 6, samples).withNominalMaximum(255);
    Observation<ModelInput> fed = input -> input.transform().apply(image);
    ModelInput input = ModelInput.ofSize(4, 1);
    return List.of(
        Option.of("ModelInput.withFit", input, input.withFit(ModelInput.Fit.FOREGROUND), fed),
        Option.of(
            "ModelInput.withInterpolation",
            input,
            input.withInterpolation(Interpolation.NEAREST),
            fed),
        Option.of(
            "ModelDomain.withTumorSequences",
            ModelDomain.unknown(),
            ModelDomain.unknown().withTumorSequences(Set.of(Modality.MR_T1_CONTRAST)),
            domain -> domain.assessAbsence(ScanFacts.none())),
        Option.of(
            "ModelInput.withNormalization",
            input,
            input.withNormalization(ModelInput.Normalization.Z_SCORE),
            fed),
        Option.of(
            "ModelInput.withRange", input, input.withRange(ModelInput.Range.PERCENTILES), fed),
        Option.of("ModelInput.withLayout", input, input.withLayout(Layout.NHWC), i -> i.shape(1)));
  }

  private static Option said(String name, UnaryOperator<ModelCard.Builder> change) {
    return said(Task.CLASSIFICATION, name, change);
  }

  private static Option said(Task task, String name, UnaryOperator<ModelCard.Builder> change) {
    ModelCard.Builder builder =
        ModelCard.builder(
                "tiny", ModelInput.ofSize(4, 1), Activation.SOFTMAX, List.of("glioma", "notumor"))
            .task(task);
    ModelCard before = builder.build();
    // What a card does is to be read where the model is loaded.
    return Option.of(
        declaring(name) + name,
        before,
        change.apply(builder).build(),
        card -> ModelCard.fromJson(card.toJson()));
  }

  /** The class that the builder has it from. */
  private static String declaring(String name) {
    if (PROVENANCE.contains(name)) {
      return "ProvenanceBuilder.";
    }
    return ANSWER.contains(name) ? "AnswerBuilder." : "ModelCard.Builder.";
  }

  private static List<Option> cards() {
    return List.of(
        said("version", b -> b.version("2")),
        said("description", b -> b.description("tells stripes apart")),
        said("architecture", b -> b.architecture("plain-cnn")),
        said("task", b -> b.task(Task.SEGMENTATION)),
        said(Task.SEGMENTATION, "threshold", b -> b.threshold(0.3)),
        said("tumorLabels", b -> b.tumorLabels(List.of("glioma", "notumor"))),
        said("sha256", b -> b.sha256("0".repeat(64))),
        said("output", b -> b.output("scores")),
        said(Task.SEQUENCE_CLASSIFICATION, "axes", b -> b.axes("NCSHW")),
        said("temperature", b -> b.temperature(1.5)),
        said(
            "scaling", b -> b.scaling(new VectorScaling(List.of(1.25, 0.5), List.of(-0.75, 1e-4)))),
        said("domain", b -> b.domain(new ModelDomain(Modality.MR, List.of()))),
        said(
            "sets",
            b ->
                b.sets(
                    new ConformalSets(
                        ConformalSets.Method.RAPS,
                        0.9,
                        Map.of("glioma", List.of(0.25), "notumor", List.of(0.5, 1e-6))))),
        said(
            "clinical",
            b ->
                b.clinical(
                    new ClinicalColumns(
                        List.of(
                            new ClinicalColumns.Quantity("age", 46.5, 13, 0),
                            new ClinicalColumns.Category("sex", List.of("f", "m"), 2))))),
        said("license", b -> b.license("CC BY 4.0")),
        said("trainingData", b -> b.trainingData("stripes")),
        said("results", b -> b.results(Map.of("accuracy", 0.9))),
        said("measured", b -> b.measured("on 12 images")),
        said("notes", b -> b.notes("none of it is a brain")));
  }
}
