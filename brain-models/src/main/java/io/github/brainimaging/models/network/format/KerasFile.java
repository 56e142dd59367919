package io.github.brainimaging.models.network.format;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Lists the tensors of a file that Keras has written, in either of its layouts: {@code .h5}, where
 * attributes tell the names of layers and weights, and {@code .weights.h5}, where a layer's tensors
 * are numbered in a group {@code vars} and the layer goes by its class, by newer versions also by
 * its name in an attribute.
 */
final class KerasFile {

  private static final String MODEL_WEIGHTS = "model_weights";
  private static final String LAYER_NAMES = "layer_names";
  private static final String WEIGHT_NAMES = "weight_names";
  private static final String VARS = "vars";
  private static final Set<String> NOT_OF_THE_MODEL = Set.of("optimizer", "seed_generator");
  private static final Set<String> LISTS_OF_LAYERS =
      Set.of("layers", "_layer_checkpoint_dependencies");

  private KerasFile() {}

  /** All tensors, in the order of the file. */
  static List<KerasVariable> variables(HdfFile file) {
    List<KerasVariable> found = new ArrayList<>();
    Group root = file.getChildren().get(MODEL_WEIGHTS) instanceof Group weights ? weights : file;
    List<String> layers = strings(root, LAYER_NAMES);
    if (layers.isEmpty()) {
      collectNumbered(root, root, 0, found);
    }
    for (String layer : layers) {
      if (root.getByPath(layer) instanceof Group group) {
        collectNamed(layer, group, found);
      }
    }
    return found;
  }

  private static void collectNamed(String layer, Group group, List<KerasVariable> found) {
    List<String> names = strings(group, WEIGHT_NAMES);
    Map<String, Integer> counts = new HashMap<>();
    for (String name : names) {
      int slash = name.lastIndexOf('/');
      String owner = slash < 0 ? layer : name.substring(0, slash);
      String variable = name.substring(slash + 1).replaceFirst(":\\d+$", "");
      int position = counts.merge(owner, 1, Integer::sum) - 1;
      Dataset dataset = group.getDatasetByPath(name);
      found.add(new KerasVariable(owner, 0, variable, position, dataset));
    }
  }

  private static void collectNumbered(
      Group group, Group owner, int nesting, List<KerasVariable> found) {
    for (Node child : group.getChildren().values()) {
      if (child instanceof Dataset dataset) {
        found.add(numbered(group, owner, nesting, dataset));
      } else if (child instanceof Group inner && !NOT_OF_THE_MODEL.contains(inner.getName())) {
        boolean deeper = LISTS_OF_LAYERS.contains(inner.getName());
        collectNumbered(inner, group, deeper ? nesting + 1 : nesting, found);
      }
    }
  }

  private static KerasVariable numbered(Group group, Group owner, int nesting, Dataset dataset) {
    boolean inVars = group.getName().equals(VARS) && dataset.getName().matches("\\d{1,4}");
    int position = inVars ? Integer.parseInt(dataset.getName()) : 0;
    Attribute name = group.getAttributes().get("name");
    String layer = name != null && name.getData() instanceof String n ? n : owner.getName();
    return new KerasVariable(layer, nesting, dataset.getName(), position, dataset);
  }

  /** An attribute with names, which Keras splits into several where it would be too long. */
  private static List<String> strings(Group group, String attribute) {
    return group.getAttributes().values().stream()
        .filter(a -> a.getName().matches(attribute + "\\d*"))
        .sorted(
            Comparator.comparing((Attribute a) -> a.getName().length())
                .thenComparing(Attribute::getName))
        .flatMap(a -> a.getData() instanceof String[] names ? Stream.of(names) : Stream.empty())
        .toList();
  }
}
