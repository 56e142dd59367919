package io.github.brainimaging.models.onnx;

import static io.github.brainimaging.models.onnx.Classifiers.LABELS;
import static io.github.brainimaging.models.onnx.Classifiers.passThrough;
import static io.github.brainimaging.models.onnx.Classifiers.pixels;
import static io.github.brainimaging.models.onnx.Classifiers.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.image.ScanFacts;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelDomain;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What "no tumor" is worth on a sequence on which the model has seen none. */
class AbsenceDoubtTest {

  @Test
  void doubtsThatThereIsNoTumorOnASequenceWithoutTumorsByFileOrByLook() {
    ModelCard card =
        ModelCard.builder("tiny", pixels(3, 1, Layout.NCHW), Activation.LOGITS, LABELS)
            .domain(ModelDomain.unknown().withTumorSequences(Set.of(Modality.MR_T1_CONTRAST)))
            .build();
    ScanFacts t1 = sequence("T1", "SeriesDescription");
    ScanFacts agent = sequence("T1 with contrast agent", "ProtocolName");
    ScanFacts named = sequence("T1 with contrast agent", ScanFacts.FILE_NAME);
    try (OnnxClassifier classifier = passThrough(Activation.LOGITS).card(card).build()) {
      assertThat(classifier.classify(row(0, 0, 5).withFacts(t1)).assessment().toString())
          .startsWith("doubtful: T1 (SeriesDescription), and the model has seen tumors on");
      assertThat(said(classifier, row(0, 0, 5).withFacts(agent))).isEqualTo(Assessment.inDomain());
      assertThat(said(classifier, row(5, 0, 0).withFacts(t1))).isEqualTo(Assessment.inDomain());
      // Three pixels are no head: what they look like is not told, or by chance.
      try (ScanRecognizer recognizer = ScanRecognizer.embedded()) {
        Assessment byLook = card.domain().assessAbsence(recognizer.recognize(row(0, 0, 5)));
        assertThat(said(classifier, row(0, 0, 5))).isEqualTo(byLook);
        // The name of a file may be that of a visit: it takes no doubt away.
        assertThat(said(classifier, row(0, 0, 5).withFacts(named))).isEqualTo(byLook);
      }
      // Who does not ask for a class is told nothing of it.
      assertThat(classifier.assess(row(0, 0, 5).withFacts(t1))).isEqualTo(Assessment.inDomain());
    }
  }

  private static ScanFacts sequence(String value, String source) {
    return new ScanFacts(List.of(new ScanFacts.Fact(ScanFacts.SEQUENCE, value, source, 1)));
  }

  private static Assessment said(OnnxClassifier classifier, MedicalImage image) {
    return classifier.classify(image).assessment();
  }
}
