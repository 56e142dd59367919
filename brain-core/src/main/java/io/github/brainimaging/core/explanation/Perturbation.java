package io.github.brainimaging.core.explanation;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.work.Progress;
import java.util.Objects;

/** An explainer that asks a classifier about changed images. */
abstract class Perturbation implements Explainer {

  final Classifier classifier;
  final Progress progress;

  Perturbation(Classifier classifier, Progress progress) {
    this.classifier = Objects.requireNonNull(classifier, "classifier");
    this.progress = Objects.requireNonNull(progress, "progress");
  }

  /**
   * Explains the class that the classifier finds most probable.
   *
   * @throws java.util.concurrent.CancellationException if the progress cancels or the thread is
   *     interrupted
   */
  @Override
  public Explanation explain(MedicalImage image) {
    return explain(image, Question.about(classifier, image, progress));
  }

  /**
   * Explains one class.
   *
   * @throws java.util.concurrent.CancellationException if the progress cancels or the thread is
   *     interrupted
   */
  @Override
  public Explanation explain(MedicalImage image, String label) {
    return explain(image, new Question(classifier, label, progress));
  }

  abstract Explanation explain(MedicalImage image, Question question);
}
