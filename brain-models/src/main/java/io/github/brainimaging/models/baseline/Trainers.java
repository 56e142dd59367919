package io.github.brainimaging.models.baseline;

import libsvm.svm;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.dtree.impurity.GiniIndex;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.classification.libsvm.LibSVMClassificationTrainer;
import org.tribuo.classification.libsvm.SVMClassificationType;
import org.tribuo.classification.mnb.MultinomialNaiveBayesTrainer;
import org.tribuo.common.libsvm.KernelType;
import org.tribuo.common.libsvm.SVMParameters;
import org.tribuo.common.nearest.KNNModel;
import org.tribuo.common.nearest.KNNTrainer;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.math.distance.L2Distance;
import org.tribuo.math.neighbour.NeighboursQueryFactoryType;

/** Tribuo's trainers with the settings that {@link Baseline} tells. */
final class Trainers {

  private static final int TREES = 100;
  private static final int LEVELS = 6;
  private static final float SMALLEST_SPLIT = 5;
  private static final int NEIGHBORS = 5;

  private Trainers() {}

  static Trainer<Label> of(Baseline baseline, int size, long seed) {
    return switch (baseline) {
      case NAIVE_BAYES -> new MultinomialNaiveBayesTrainer(1);
      case RANDOM_FOREST ->
          new RandomForestTrainer<>(
              new CARTClassificationTrainer(
                  Integer.MAX_VALUE, 2, 0, share(size), false, new GiniIndex(), seed),
              new VotingCombiner(),
              TREES,
              seed);
      case DECISION_TREE ->
          new CARTClassificationTrainer(LEVELS, SMALLEST_SPLIT, 0, 1, false, new GiniIndex(), seed);
      case SUPPORT_VECTORS -> new LibSVMClassificationTrainer(radial(size), seed);
      case NEAREST_NEIGHBORS ->
          new KNNTrainer<>(
              NEIGHBORS,
              new L2Distance(),
              1,
              new VotingCombiner(),
              KNNModel.Backend.STREAMS,
              NeighboursQueryFactoryType.BRUTE_FORCE);
    };
  }

  /** Of which at least one feature is tried. */
  private static float share(int size) {
    return (float) Math.min(1, Math.ceil(Math.sqrt(size)) / size);
  }

  private static SVMParameters<Label> radial(int size) {
    SVMParameters<Label> parameters =
        new SVMParameters<>(
            new SVMClassificationType(SVMClassificationType.SVMMode.C_SVC), KernelType.RBF);
    parameters.setCost(1);
    parameters.setGamma(1.0 / size);
    parameters.setProbability();
    svm.svm_set_print_string_function(text -> {}); // it prints to System.out else
    return parameters;
  }
}
