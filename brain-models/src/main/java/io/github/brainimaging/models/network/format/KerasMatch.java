package io.github.brainimaging.models.network.format;

import io.github.brainimaging.models.network.Network;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the place of every tensor of a Keras file in a network. */
final class KerasMatch {

  /** A name that Keras has made itself: its class in snake case, and a number but for the first. */
  private static final Pattern AUTOMATIC =
      Pattern.compile(
          "(conv2d|depthwise_conv2d|separable_conv2d|dense|batch_normalization)(?:_(\\d{1,9}))?");

  /** What some versions of Keras have called the last layer. */
  private static final Map<String, String> OTHER_NAMES =
      Map.of("fc1000", "predictions", "probs", "predictions");

  /** A tensor that does not fit. */
  static final class Mismatch extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Mismatch(String message, Object... values) {
      super(String.format(Locale.ROOT, message, values));
    }
  }

  /** A layer of the file with its number among those that Keras has named alike. */
  private record Numbered(String kind, int nesting, int number, List<KerasVariable> variables) {}

  private final boolean more;
  private final List<KerasLayer> layers;
  private final Map<String, KerasLayer> byName = new HashMap<>();
  private final Map<KerasVariable, KerasLayer.Place> places = new LinkedHashMap<>();
  private final Map<KerasLayer.Place, KerasVariable> used = new HashMap<>();

  /**
   * Prepares.
   *
   * @param more whether layers of the file that have no place, such as a head, are left out
   */
  KerasMatch(Network network, boolean more) {
    this.more = more;
    layers = KerasLayer.inKerasOrder(network);
    layers.forEach(layer -> byName.put(layer.name(), layer));
  }

  /** Every tensor with its place. */
  Map<KerasVariable, KerasLayer.Place> match(List<KerasVariable> variables) {
    Map<String, List<KerasVariable>> groups = new LinkedHashMap<>();
    for (KerasVariable variable : variables) {
      String parent = parent(variable);
      groups.computeIfAbsent(parent, key -> new ArrayList<>()).add(variable);
    }
    List<Numbered> numbered = new ArrayList<>();
    for (List<KerasVariable> group : groups.values()) {
      KerasVariable first = group.get(0);
      Matcher automatic = AUTOMATIC.matcher(lastPart(first.layer()));
      if (automatic.matches()) {
        String number = automatic.group(2);
        numbered.add(
            new Numbered(
                automatic.group(1),
                first.nesting(),
                number == null ? 0 : Integer.parseInt(number),
                group));
      } else {
        named(first).ifPresent(layer -> group.forEach(variable -> put(variable, layer)));
      }
    }
    matchNumbered(numbered, groups.size() == numbered.size());
    for (KerasLayer layer : layers) {
      for (Map.Entry<String, KerasLayer.Place> entry : layer.variables().entrySet()) {
        if (!used.containsKey(entry.getValue())) {
          throw new Mismatch("%s of layer %s is missing", entry.getKey(), layer.name());
        }
      }
    }
    return places;
  }

  private static String parent(KerasVariable variable) {
    String path = variable.path();
    return path.substring(0, path.lastIndexOf('/'));
  }

  private static String lastPart(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /** By its name, or that without the names of the models around it. */
  private Optional<KerasLayer> named(KerasVariable variable) {
    String name = variable.layer().replace('/', '_');
    String rest = variable.layer();
    while (true) {
      String candidate = rest.replace('/', '_');
      KerasLayer layer = byName.get(OTHER_NAMES.getOrDefault(candidate, candidate));
      if (layer != null) {
        return Optional.of(layer);
      }
      int slash = rest.indexOf('/');
      if (slash < 0 && more) {
        return Optional.empty();
      }
      if (slash < 0) {
        throw new Mismatch(
            "%s has no place: there is no layer %s in the network", variable.path(), name);
      }
      rest = rest.substring(slash + 1);
    }
  }

  /**
   * In their order; inner models first, since a head comes after its backbone. Where the file has
   * no names at all, they stand for all layers of their class, else for those that are named so in
   * the network too.
   */
  private void matchNumbered(List<Numbered> numbered, boolean noNames) {
    numbered.sort(
        Comparator.comparing(Numbered::nesting, Comparator.reverseOrder())
            .thenComparing(Numbered::number));
    Map<String, Integer> next = new HashMap<>();
    for (Numbered group : numbered) {
      List<KerasLayer> candidates =
          layers.stream()
              .filter(layer -> layer.kind().equals(group.kind()))
              .filter(layer -> noNames || AUTOMATIC.matcher(layer.name()).matches())
              .toList();
      int index = next.merge(group.kind(), 1, Integer::sum) - 1;
      if (index >= candidates.size() && more) {
        continue;
      }
      if (index >= candidates.size()) {
        throw new Mismatch(
            "%s has no place: the network has only %s such layers of class %s",
            group.variables().get(0).path(), candidates.size(), group.kind());
      }
      group.variables().forEach(variable -> put(variable, candidates.get(index)));
    }
  }

  private void put(KerasVariable variable, KerasLayer layer) {
    List<KerasLayer.Place> inOrder = List.copyOf(layer.variables().values());
    KerasLayer.Place place =
        Optional.ofNullable(layer.variables().get(variable.name()))
            .orElseGet(
                () ->
                    variable.position() < inOrder.size() ? inOrder.get(variable.position()) : null);
    if (place == null) {
      throw new Mismatch(
          "%s has no place: layer %s has only %s",
          variable.path(), layer.name(), layer.variables().keySet());
    }
    KerasVariable other = used.putIfAbsent(place, variable);
    if (other != null) {
      throw new Mismatch(
          "%s and %s are both %s", other.path(), variable.path(), place.weightName());
    }
    var unused = places.put(variable, place);
  }
}
