package io.github.brainimaging.models.onnx;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.ClassifierContract;
import io.github.brainimaging.core.inference.SecondOpinion;
import io.github.brainimaging.core.inference.Segmenter;
import io.github.brainimaging.core.inference.SegmenterContract;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.format.OnnxExport;
import io.github.brainimaging.models.network.zoo.CompactUnet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

/** What the models of ONNX Runtime promise as all models do. */
class ModelContractsTest {

  private static final List<MedicalImage> NOISE = Classifiers.noise(5);

  private static final OnnxClassifier CONVOLUTIONS = Classifiers.convolutions().build();

  private static final OnnxClassifier EMBEDDED = OnnxClassifier.embedded();

  private static final DropoutClassifier DROPOUT =
      DropoutClassifier.open(ModelSource.embedded(), EMBEDDED, 3, 0.2, 1);

  private static final PresenceClassifier PRESENCE = PresenceClassifier.embedded(1);

  private static final OnnxSegmenter UNET = unet();

  private static OnnxSegmenter unet() {
    Network network = CompactUnet.describe(64, 1);
    byte[] model = OnnxExport.toBytes(network, Weights.random(network, 1), Map.of());
    return OnnxSegmenter.builder()
        .model(ModelSource.ofBytes(model, "random"))
        .card(
            ModelInput.ofSize(64, 1).withNormalization(ModelInput.Normalization.Z_SCORE),
            Activation.LOGITS,
            List.of("tumor"))
        .device(Device.cpu())
        .build();
  }

  @AfterAll
  static void close() {
    UNET.close();
    PRESENCE.close();
    DROPOUT.close();
    EMBEDDED.close();
    CONVOLUTIONS.close();
  }

  @Nested
  class OfOnnxClassifier extends ClassifierContract {
    @Override
    protected List<MedicalImage> images() {
      return NOISE;
    }

    @Override
    protected Classifier classifier() {
      return CONVOLUTIONS;
    }
  }

  @Nested
  class OfPresenceClassifier extends ClassifierContract {
    @Override
    protected List<MedicalImage> images() {
      return NOISE;
    }

    @Override
    protected Classifier classifier() {
      return PRESENCE;
    }
  }

  @Nested
  class OfSecondOpinion extends ClassifierContract {
    @Override
    protected List<MedicalImage> images() {
      return NOISE;
    }

    @Override
    protected Classifier classifier() {
      return SecondOpinion.of(EMBEDDED, PRESENCE);
    }
  }

  @Nested
  class OfDropoutClassifier extends ClassifierContract {
    @Override
    protected List<MedicalImage> images() {
      return NOISE;
    }

    @Override
    protected Classifier classifier() {
      return DROPOUT;
    }
  }

  @Nested
  class OfOnnxSegmenter extends SegmenterContract {
    @Override
    protected List<MedicalImage> images() {
      return NOISE;
    }

    @Override
    protected Segmenter segmenter() {
      return UNET;
    }
  }
}
