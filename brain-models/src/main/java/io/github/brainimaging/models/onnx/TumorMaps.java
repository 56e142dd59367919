package io.github.brainimaging.models.onnx;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.onnx.internal.EngineSession;
import io.github.brainimaging.models.onnx.internal.graph.OutputShape;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes of a segmentation network's outputs the probability that a pixel belongs to a tumor.
 *
 * <p>With one label: its probability, LOGITS being before a sigmoid. With several labels that
 * exclude each other (SOFTMAX, or LOGITS before one): the sum of the tumor labels. With several
 * that may overlap (SIGMOID, SIGMOID_LOGITS): the largest of the tumor labels.
 *
 * <p>Immutable and safe to share between threads.
 */
final class TumorMaps {

  private static final Logger logger = LoggerFactory.getLogger(TumorMaps.class);

  private final ModelCard card;
  private final boolean wholeNumbers;
  private final Activation activation;
  private final boolean[] tumor;

  TumorMaps(LoadedModel model) {
    this.card = model.card();
    this.wholeNumbers = model.output().isWhole();
    this.tumor = new boolean[card.labels().size()];
    for (int c = 0; c < tumor.length; c++) {
      tumor[c] = card.tumorLabels().contains(card.labels().get(c));
    }
    boolean overlapping =
        card.activation() == Activation.LOGITS
            && tumor.length > 1
            && card.tumorLabels().size() == tumor.length;
    if (overlapping && !wholeNumbers) {
      logger.warn(
          "model {}: the labels {} all mean a tumor, so that a softmax over them says nothing; the"
              + " scores are taken as before sigmoids, which SIGMOID_LOGITS in the card would say",
          model.name(),
          card.labels());
    }
    this.activation = overlapping ? Activation.SIGMOID_LOGITS : card.activation();
  }

  /**
   * The map of one image.
   *
   * @param output what the network gave: 4 axes
   * @param index which image of the batch
   * @return one channel of the output's rows and columns
   * @throws ModelException if a value is not finite, or no probability although it should be one
   */
  MedicalImage map(EngineSession.Output output, int index) {
    OutputShape.Maps place =
        OutputShape.maps(output.shape(), Math.toIntExact(output.shape()[0]), card, wholeNumbers)
            .orElseThrow(() -> new ModelException("it gave " + Arrays.toString(output.shape())));
    int height = place.height();
    int width = place.width();
    int pixels = height * width;
    int channels = place.channels();
    float[] map = new float[pixels];
    double[] row = new double[channels];
    for (int p = 0; p < pixels; p++) {
      for (int c = 0; c < channels; c++) {
        int at = place.channelsFirst() ? c * pixels + p : p * channels + c;
        row[c] = output.values()[index * channels * pixels + at];
      }
      map[p] = (float) (wholeNumbers ? ofNumber(row[0]) : probability(row));
    }
    return MedicalImage.wrap(width, height, 1, map);
  }

  private double probability(double[] row) {
    for (double value : row) {
      if (!Double.isFinite(value)) {
        throw new ModelException("it gave a pixel the values " + Arrays.toString(row));
      }
    }
    double[] given = activation.probabilities(row);
    boolean second = given.length < tumor.length; // one output for two labels
    double[] probabilities = second ? new double[] {1 - given[0], given[0]} : given;
    double sum = 0;
    double largest = 0;
    for (int c = 0; c < tumor.length; c++) {
      if (tumor[c]) {
        sum += probabilities[c];
        largest = Math.max(largest, probabilities[c]);
      }
    }
    return activation.independent(tumor.length) && !second ? largest : sum;
  }

  /**
   * The network has decided itself: the number of a label, or of one label, whether it is there.
   */
  private double ofNumber(double number) {
    if (tumor.length == 1) {
      return number == 0 ? 0 : 1;
    }
    if (!(number >= 0 && number < tumor.length)) {
      throw new ModelException("it gave a pixel the label number " + number);
    }
    return tumor[(int) number] ? 1 : 0;
  }
}
