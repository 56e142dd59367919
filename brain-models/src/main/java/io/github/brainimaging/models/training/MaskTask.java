package io.github.brainimaging.models.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Activation;
import io.github.brainimaging.models.training.internal.batch.MaskedImages;

/**
 * Learns a mask per image. The {@link MaskLoss} is P4's: cross-entropy of every pixel plus one
 * minus the soft Dice coefficient, which keeps a small tumor from drowning in its background:
 *
 * <pre>
 *   Dice = (2 sum p t + s) / (sum p + sum t + s)      s = a thousandth of an image's pixels
 * </pre>
 *
 * <p>The sums go over all images of a batch together, where s makes the empty prediction right for
 * an empty batch. A coefficient per image would punish a faint guess in an image without tumor as
 * much as a large tumor that is missed, and so teach to find nothing.
 */
final class MaskTask extends TrainingTask<MaskedImages.Masked> {

  private static final double SMOOTHING = 1e-3;

  private final MaskLoss loss;

  MaskTask(
      Start start,
      MaskLoss loss,
      Identity identity,
      MaskedImages training,
      MaskedImages validation) {
    super(start.network(), start.weights(), identity.add("loss", loss), training, validation);
    this.loss = loss;
  }

  @Override
  NDArray loss(NDArray output, MaskedImages.Masked batch, boolean isTraining, NDManager scope) {
    int[] all = {0, 1};
    NDArray targets = batch.targets(scope);
    NDArray scores = output.reshape(targets.getShape());
    // -t log p - (1 - t) log(1 - p), with p the logistic function of the score.
    NDArray perPixel = Activation.softPlus(scores).sub(scores.mul(targets));
    if (isTraining && loss.tumorWeight() != 1) {
      perPixel = perPixel.mul(targets.mul(loss.tumorWeight() - 1).add(1));
    }
    NDArray crossEntropy = Hardest.mean(perPixel, isTraining ? loss.hardestShare() : 1);
    double smoothing = SMOOTHING * targets.getShape().get(1);
    NDArray p = Activation.sigmoid(scores);
    // The axes are kept because a number added to an array without axes turns it to float64.
    NDArray both = p.mul(targets).sum(all, true).mul(2).add(smoothing);
    NDArray either = p.sum(all, true).add(targets.sum(all, true)).add(smoothing);
    return crossEntropy.sub(both.div(either).mean()).add(1);
  }

  /** The sum of the Dice coefficients, on the network's grid; 1 for an empty mask left empty. */
  @Override
  double right(NDArray output, MaskedImages.Masked batch) {
    float[] scores = output.toFloatArray();
    int pixels = scores.length / batch.size();
    double sum = 0;
    for (int i = 0; i < batch.size(); i++) {
      int both = 0;
      int either = 0;
      for (int p = i * pixels; p < (i + 1) * pixels; p++) {
        boolean found = scores[p] > 0;
        boolean there = batch.masks[p] > 0.5;
        both += found && there ? 2 : 0;
        either += (found ? 1 : 0) + (there ? 1 : 0);
      }
      sum += either == 0 ? 1 : (double) both / either;
    }
    return sum;
  }
}
