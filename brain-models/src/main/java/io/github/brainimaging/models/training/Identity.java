package io.github.brainimaging.models.training;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.internal.Described;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that decides what a training gives, fact by fact: a checkpoint that went on with other images
 * would give a model whose labels are not those that it has learned.
 */
final class Identity {

  private static final Logger LOG = LoggerFactory.getLogger(Identity.class);
  private static final String PREFIX = "training.";
  private static final String EPOCHS = "epochs";

  private final Map<String, String> facts = new LinkedHashMap<>();

  @CanIgnoreReturnValue
  Identity add(String name, Object value) {
    facts.put(name, value.toString());
    return this;
  }

  @CanIgnoreReturnValue
  Identity addDescribed(String name, Object value) {
    Described.by(value).ifPresentOrElse(text -> facts.put(name, text), () -> warn(name));
    return this;
  }

  @CanIgnoreReturnValue
  Identity add(String name, Augmentation augmentation) {
    augmentation.description().ifPresentOrElse(text -> facts.put(name, text), () -> warn(name));
    return this;
  }

  /** Says that something is left out: it differs from one run of a program to the next. */
  private static void warn(String name) {
    LOG.warn(
        "the {} does not describe itself (a lambda?), so that a training that goes on cannot check"
            + " that it is still the same",
        name);
  }

  @CanIgnoreReturnValue
  Identity add(TrainingOptions options) {
    return add(EPOCHS, options.epochs())
        .add("batch size", options.batchSize())
        .addDescribed("optimizer", options.optimizer())
        .add("learning rate", options.learningRate())
        .add("warm-up epochs", options.warmUpEpochs())
        .addDescribed("schedule", options.schedule())
        .add("weight decay", options.weightDecay())
        .add("averaging", options.averaging())
        .add("patience", options.patience())
        .add("seed", options.seed());
  }

  @CanIgnoreReturnValue
  Identity add(ClassificationLoss loss) {
    return add("loss", loss.kind())
        .add("label smoothing", loss.labelSmoothing())
        .add("class weights", loss.classWeights())
        .add("share of the hardest", loss.hardestShare());
  }

  @CanIgnoreReturnValue
  Identity addData(List<String> labels, String training, String validation) {
    return add("labels", labels).add("training on", training).add("validation on", validation);
  }

  /** The facts as a file's metadata. */
  Map<String, String> toMetadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    facts.forEach((name, value) -> metadata.put(PREFIX + name, value));
    return metadata;
  }

  /** The facts in a file's metadata. */
  static Identity ofMetadata(Map<String, String> metadata) {
    Identity identity = new Identity();
    metadata.forEach(
        (name, value) -> {
          if (name.startsWith(PREFIX)) {
            identity.facts.put(name.substring(PREFIX.length()), value);
          }
        });
    return identity;
  }

  boolean isThatOf(Identity other) {
    return facts.equals(other.facts);
  }

  /**
   * Whether all is the same but that there are more epochs than another training had, all of which
   * are done.
   *
   * @param done how many the other has done
   */
  boolean goesOnFrom(Identity other, int done) {
    Map<String, String> more = new LinkedHashMap<>(other.facts);
    @Nullable String before = more.put(EPOCHS, facts.getOrDefault(EPOCHS, ""));
    return facts.equals(more)
        && Integer.toString(done).equals(before)
        && Integer.parseInt(facts.getOrDefault(EPOCHS, "0")) > done;
  }

  /** What the other has not, or otherwise; all the rest is the same. */
  String differenceTo(Identity other) {
    return facts.entrySet().stream()
        .filter(fact -> !fact.getValue().equals(other.facts.get(fact.getKey())))
        .map(fact -> fact.getKey() + " " + fact.getValue())
        .collect(
            Collectors.collectingAndThen(
                Collectors.joining(", "), text -> text.isEmpty() ? "nothing more" : text));
  }
}
