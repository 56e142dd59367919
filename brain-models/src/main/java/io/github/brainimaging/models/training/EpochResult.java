package io.github.brainimaging.models.training;

/**
 * What an epoch of training gave.
 *
 * @param epoch its number, from 1
 * @param learningRate rate of its last step
 * @param trainingLoss mean loss over the augmented training images, with smoothed labels
 * @param trainingAccuracy share of them that was right
 * @param validationLoss mean cross-entropy over the validation images, with the averaged weights
 * @param validationAccuracy share of them that was right
 * @since 0.1.0
 */
public record EpochResult(
    int epoch,
    double learningRate,
    double trainingLoss,
    double trainingAccuracy,
    double validationLoss,
    double validationAccuracy) {

  static final String CSV_HEADER =
      "epoch,learningRate,trainingLoss,trainingAccuracy,validationLoss,validationAccuracy";

  String toCsv() {
    // Java's shortest form of a double reads back exactly.
    return epoch
        + ","
        + learningRate
        + ","
        + trainingLoss
        + ","
        + trainingAccuracy
        + ","
        + validationLoss
        + ","
        + validationAccuracy;
  }

  static EpochResult fromCsv(String line) {
    String[] f = line.split(",", -1);
    return new EpochResult(
        Integer.parseInt(f[0]),
        Double.parseDouble(f[1]),
        Double.parseDouble(f[2]),
        Double.parseDouble(f[3]),
        Double.parseDouble(f[4]),
        Double.parseDouble(f[5]));
  }
}
