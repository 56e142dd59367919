package io.github.brainimaging.models.onnx;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.onnx.internal.EngineSession;
import java.util.Arrays;

/**
 * Makes of a segmentation network's outputs the probability that a pixel belongs to a tumor.
 *
 * <p>With one label: its probability, LOGITS being before a sigmoid. With several labels that
 * exclude each other (SOFTMAX, or LOGITS before one): the sum of the tumor labels. With several
 * that may overlap (SIGMOID): the largest of the tumor labels.
 *
 * <p>Immutable and safe to share between threads.
 */
final class TumorMaps {

  private final ModelCard card;
  private final boolean[] tumor;

  TumorMaps(ModelCard card) {
    this.card = card;
    this.tumor = new boolean[card.labels().size()];
    for (int c = 0; c < tumor.length; c++) {
      tumor[c] = card.tumorLabels().contains(card.labels().get(c));
    }
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
    boolean channelsFirst = card.input().layout() == Layout.NCHW;
    long[] shape = output.shape();
    int height = Math.toIntExact(shape[channelsFirst ? 2 : 1]);
    int width = Math.toIntExact(shape[channelsFirst ? 3 : 2]);
    int pixels = height * width;
    int labels = tumor.length;
    float[] map = new float[pixels];
    double[] row = new double[labels];
    for (int p = 0; p < pixels; p++) {
      for (int c = 0; c < labels; c++) {
        int at = channelsFirst ? c * pixels + p : p * labels + c;
        row[c] = output.values()[index * labels * pixels + at];
      }
      map[p] = (float) probability(row);
    }
    return MedicalImage.wrap(width, height, 1, map);
  }

  private double probability(double[] row) {
    for (double value : row) {
      if (!Double.isFinite(value)) {
        throw new ModelException("it gave a pixel the values " + Arrays.toString(row));
      }
    }
    Activation activation = card.activation();
    double[] probabilities =
        row.length == 1 && activation == Activation.LOGITS
            ? new double[] {1 / (1 + Math.exp(-row[0]))}
            : activation.probabilities(row);
    double sum = 0;
    double largest = 0;
    for (int c = 0; c < row.length; c++) {
      if (tumor[c]) {
        sum += probabilities[c];
        largest = Math.max(largest, probabilities[c]);
      }
    }
    return activation == Activation.SIGMOID ? largest : sum;
  }
}
