package io.github.brainimaging.examples.cli.file;

import io.github.brainimaging.core.geometry.AnatomicalPlane;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.ScanFacts;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.slice.SliceSampling;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import io.github.brainimaging.models.onnx.ScanRecognizer;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells in a line what an image looks like; opens the networks where they are first needed. */
public final class Recognition implements AutoCloseable {

  private static final int SLICES = 9;

  private @Nullable ScanRecognizer recognizer;
  private @Nullable OnnxClassifier classifier;

  /** Modality, sequence, plane and skull with their probabilities, if it is a brain. */
  public String of(MedicalImage image) {
    return text(classifier().assess(image), () -> recognizer().recognize(image));
  }

  /** The same of a volume, by some of its slices. */
  public String of(MedicalVolume volume) {
    return text(assess(volume), () -> recognizer().recognize(volume));
  }

  /** What a volume looks like; nothing of one that is no brain. */
  public ScanFacts facts(MedicalVolume volume) {
    return assess(volume).answers() ? recognizer().recognize(volume) : ScanFacts.none();
  }

  private Assessment assess(MedicalVolume volume) {
    return SliceSampling.equallySpaced(AnatomicalPlane.acquired(volume.grid()), SLICES)
        .assess(volume, classifier());
  }

  private static String text(Assessment assessment, Supplier<ScanFacts> facts) {
    if (!assessment.answers()) {
      return "no MR of a brain as the embedded classifier knows it";
    }
    return facts.get().facts().stream()
        .map(
            fact ->
                String.format(
                    Locale.ROOT,
                    "%s%s %.2f",
                    fact.name().equals(ScanFacts.SKULL) ? "skull " : "",
                    fact.value(),
                    fact.confidence()))
        .collect(Collectors.joining(", "));
  }

  private ScanRecognizer recognizer() {
    if (recognizer == null) {
      recognizer = ScanRecognizer.embedded();
    }
    return recognizer;
  }

  private OnnxClassifier classifier() {
    if (classifier == null) {
      classifier = OnnxClassifier.embedded();
    }
    return classifier;
  }

  @Override
  public void close() {
    if (recognizer != null) {
      recognizer.close();
    }
    if (classifier != null) {
      classifier.close();
    }
  }
}
