package io.github.brainimaging.models.onnx;

import io.github.brainimaging.core.domain.ContentAssessor;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.image.ScanFacts;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.Assessor;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.internal.Interrupts;
import io.github.brainimaging.core.transform.Transform;
import io.github.brainimaging.models.card.ClinicalColumns;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelDomain;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.Task;
import io.github.brainimaging.models.onnx.internal.Chunks;
import io.github.brainimaging.models.onnx.internal.EngineSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Classifies images with an ONNX network, run by ONNX Runtime through DJL, and tells by {@link
 * Prediction#assessment} whether an image is one that the network was made for, as far as the
 * card's domain says; {@link Calibrator} fits that and the probabilities. Where the card names the
 * sequences on which the network has seen tumors, an answer of no tumor on another is doubtful: by
 * what the file says of its sequence, else by a {@link ScanRecognizer}.
 *
 * <pre>{@code
 * try (OnnxClassifier classifier = OnnxClassifier.embedded()) {
 *   Prediction prediction = classifier.classify(image);
 * }
 * }</pre>
 *
 * <p>The network must have one input that images can be fed to (NCHW or NHWC, also flattened or
 * without a batch; of float32 or any other kind of numbers; the batch axis open or of a fixed size)
 * and an output with a value for each label, or one value for the second of two labels. What
 * becomes of an image before it goes in, and what the outputs mean, is told by the model's {@link
 * ModelCard}: the one given to the builder; else the one beside the model; else the one in the
 * model's metadata. The graph is checked against the card when the model is loaded.
 *
 * <p>A model whose card has clinical columns takes a row of a table beside the image, such as age
 * and sex: {@link #forPatient}. Without one it refuses.
 *
 * <p>The same image gives the same prediction on one machine, bit for bit, from however many
 * threads; in a batch it may differ from a single one by rounding, at most about 1e-6.
 *
 * <p>Nothing is downloaded and nothing is reported to anybody. Two system properties are touched,
 * each only where it is not set: {@code ai.djl.onnx.disable_alternative} becomes true, so that DJL
 * does not start PyTorch beside ONNX Runtime where both are on the class path, and {@code
 * OPT_OUT_TRACKING} is true while DJL starts. ONNX Runtime unpacks its native library into the
 * folder for temporary files at every JVM start, unless {@code onnxruntime.native.path} names a
 * folder that has it.
 *
 * <p>Safe to share between threads. Holds native memory: whoever builds a classifier closes it.
 *
 * @since 0.1.0
 */
public final class OnnxClassifier implements Classifier, Assessor, AutoCloseable {

  private final ModelRunner runner;
  private final Patient images = new Patient(new float[0], Assessment.inDomain());
  private final Transform transform;
  private final Assessor content;
  private final Object lock = new Object();
  private @Nullable ScanRecognizer recognizer; // opened where it is first needed

  private OnnxClassifier(ModelRunner runner) {
    this.runner = runner;
    this.transform = card().input().transform();
    Modality modality = card().domain().modality();
    this.content =
        modality == Modality.UNKNOWN
            ? image -> Assessment.inDomain()
            : ContentAssessor.of(modality);
  }

  /**
   * The classifier that this library brings along, with all options at their defaults.
   *
   * @return a new classifier, to be closed by the caller
   * @throws ModelException if it cannot be loaded
   */
  public static OnnxClassifier embedded() {
    return builder().build();
  }

  /**
   * Starts a classifier.
   *
   * @return a builder for {@link ModelSource#embedded()} with the defaults named at its methods
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The classes, as its card names them, in the order of the network's outputs.
   *
   * @return at least one label, without duplicates
   */
  @Override
  public List<String> labels() {
    return card().labels();
  }

  /**
   * The card of the model.
   *
   * @return the card that was found when the model was loaded
   */
  public ModelCard card() {
    return runner.model().card();
  }

  /**
   * What the model really runs on.
   *
   * @return the CPU or a GPU, never {@link Device#auto()}
   */
  public Device device() {
    return runner.model().device();
  }

  /**
   * Classifies an image: prepares it as the card says, runs the network, and tells whether the
   * image is of the kind that the network was made for.
   *
   * @param image the image as read, gray or RGB, of any size
   * @return the probability of each label, and the assessment
   * @throws IllegalArgumentException if the image has neither 1 nor 3 channels, or NaN or infinite
   *     samples that reach the network
   * @throws ModelException if the run fails, the network gives NaN or infinite values, or the model
   *     takes a row of a table beside the image
   * @throws IllegalStateException if the classifier is closed
   */
  @Override
  public Prediction classify(MedicalImage image) {
    return images.classify(image);
  }

  /**
   * Classifies images with what is known of their patient, for a model whose card has clinical
   * columns. Whatever asks a classifier can be given it: pipelines, explanations, test-time
   * augmentation.
   *
   * @param row column to text, as {@link ClinicalColumns} says; what is missing, or far from the
   *     training, is told in the assessment of every prediction
   * @return a classifier of the images of that patient, which shares the network and ends with this
   *     one
   * @throws IllegalArgumentException if the model takes no such row, a column is not there, one of
   *     numbers holds a text or one of categories a level that the training did not have
   */
  public Classifier forPatient(Map<String, String> row) {
    ClinicalColumns clinical = card().clinical();
    Arguments.require(
        !clinical.isEmpty(),
        "row must be left out for model %s, which takes images only, got the columns %s",
        runner.model().name(),
        row.keySet());
    return new Patient(clinical.encode(row), clinical.assess(row));
  }

  /**
   * What {@link #classify} says of the domain, for a pipeline that segments without asking for a
   * class: there is no doubt about "no tumor", which nobody says, and an image at most twice as far
   * from those that the network learned from as the card's threshold is doubtful, as if a tumor
   * were all but certain.
   *
   * @throws IllegalArgumentException as {@link #classify} does
   * @throws ModelException if the run fails
   * @throws IllegalStateException if the classifier is closed
   */
  @Override
  public Assessment assess(MedicalImage image) {
    requireNoTable(0);
    EngineSession.Output outputs = runner.run(List.of(image), transform);
    return content.assess(image).and(runner.assessment(1, outputs.more(), 0));
  }

  /**
   * Classifies several images, in batches of the builder's maximum size.
   *
   * @param images the images as read
   * @return one prediction per image, in their order
   * @throws java.util.concurrent.CancellationException if the thread is interrupted before a batch
   * @throws IllegalArgumentException if an image has neither 1 nor 3 channels, or NaN or infinite
   *     samples that reach the network
   * @throws ModelException if a run fails, the network gives NaN or infinite values, or the model
   *     takes a row of a table beside an image
   * @throws IllegalStateException if the classifier is closed
   */
  @Override
  public List<Prediction> classifyAll(List<MedicalImage> images) {
    return this.images.classifyAll(images);
  }

  /** Images of one patient, or, without values, of any. */
  private final class Patient implements Classifier {

    private final float[] values;
    private final Assessment known;

    Patient(float[] values, Assessment known) {
      this.values = values;
      this.known = known;
    }

    @Override
    public List<String> labels() {
      return OnnxClassifier.this.labels();
    }

    @Override
    public Prediction classify(MedicalImage image) {
      return classified(List.of(Objects.requireNonNull(image, "image")), values, known).get(0);
    }

    @Override
    public List<Prediction> classifyAll(List<MedicalImage> all) {
      runner.model().session().requireOpen();
      List<Prediction> predictions = new ArrayList<>(all.size());
      for (List<MedicalImage> batch : Chunks.of(all, runner.maximumBatchSize())) {
        Interrupts.heed("image %s of %s", predictions.size(), all.size());
        predictions.addAll(classified(batch, values, known));
      }
      return predictions;
    }

    @Override
    public String toString() {
      return OnnxClassifier.this + " for a patient";
    }
  }

  /** At most as many images as fit a batch. */
  private List<Prediction> classified(List<MedicalImage> batch, float[] values, Assessment known) {
    requireNoTable(values.length);
    List<Prediction> predictions = new ArrayList<>(batch.size());
    EngineSession.Output outputs = runner.run(batch, transform, values);
    for (int i = 0; i < batch.size(); i++) {
      Prediction prediction = runner.prediction(outputs, i);
      Assessment seen = content.assess(batch.get(i)).and(prediction.assessment()).and(known);
      predictions.add(
          prediction.withAssessment(
              seen.answers() && !prediction.isTumor() ? seen.and(absence(batch.get(i))) : seen));
    }
    return predictions;
  }

  /** A model that takes a table must be given its values. */
  private void requireNoTable(int values) {
    ClinicalColumns clinical = card().clinical();
    if (values == 0 && !clinical.isEmpty()) {
      throw runner.failed(
          "it takes a row with the columns "
              + clinical.columns().stream().map(ClinicalColumns.Column::name).toList()
              + " beside the image: see forPatient",
          null);
    }
  }

  /** Whether "no tumor" says anything of such an image. */
  private Assessment absence(MedicalImage image) {
    ModelDomain domain = card().domain();
    if (domain.tumorSequences().isEmpty()) {
      return Assessment.inDomain();
    }
    ScanFacts facts = image.facts();
    Optional<ScanFacts.Fact> told = facts.find(ScanFacts.SEQUENCE);
    Assessment byFile = told.isPresent() ? domain.assessAbsence(facts) : Assessment.inDomain();
    boolean header = told.filter(fact -> !fact.source().equals(ScanFacts.FILE_NAME)).isPresent();
    // A name may be that of a visit or a patient: it adds a doubt, and takes none away.
    return header || byFile.verdict() != Assessment.Verdict.IN_DOMAIN
        ? byFile
        : domain.assessAbsence(recognizer().recognize(image));
  }

  private ScanRecognizer recognizer() {
    synchronized (lock) {
      if (recognizer == null) {
        recognizer = ScanRecognizer.embedded();
      }
      return recognizer;
    }
  }

  /**
   * Classifies a stream of images as they come: lazily, holding at most one batch of the builder's
   * maximum size.
   *
   * @param images the images as read; closed with the result
   * @return one prediction per image, in their order; sequential. Fails while it is consumed, as
   *     {@link #classifyAll} does
   */
  public Stream<Prediction> classifyStream(Stream<MedicalImage> images) {
    return Chunks.of(images, runner.maximumBatchSize())
        .flatMap(chunk -> classifyAll(chunk).stream());
  }

  /**
   * Frees the native memory, after the calls that are under way. Closing twice does nothing; any
   * other use after closing throws an IllegalStateException.
   */
  @Override
  public void close() {
    runner.close();
    synchronized (lock) {
      if (recognizer != null) {
        recognizer.close();
      }
    }
  }

  /** The model's name, and what it runs on. */
  @Override
  public String toString() {
    return "OnnxClassifier[" + card().name() + ", " + device() + "]";
  }

  /** Collects how a classifier is to be made. Not safe to share between threads. */
  public static final class Builder extends ImageModelBuilder<Builder> {

    private Builder() {
      super(Task.CLASSIFICATION, ModelSource.embedded());
    }

    /**
     * Loads the model.
     *
     * @return a new classifier, to be closed by the caller
     * @throws ModelException if the model is missing, damaged or not what its card says, or the
     *     device cannot be used
     */
    public OnnxClassifier build() {
      return load(OnnxClassifier::new);
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    public String toString() {
      return "OnnxClassifier.Builder[" + super.toString() + "]";
    }
  }
}
