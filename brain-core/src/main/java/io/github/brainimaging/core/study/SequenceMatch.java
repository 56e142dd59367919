package io.github.brainimaging.core.study;

import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.image.ScanFacts;
import io.github.brainimaging.core.io.ImageFormatException;
import io.github.brainimaging.core.io.internal.SequenceName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the sequences that a network asks for among the series of a study. */
final class SequenceMatch {

  private final List<StudySeries> series;

  SequenceMatch(List<StudySeries> series) {
    this.series = series;
  }

  Map<String, StudySeries> of(List<String> names) throws ImageFormatException {
    Map<String, StudySeries> found = new LinkedHashMap<>();
    boolean numbered = series.size() == names.size() && numbered(names.size() - 1).isPresent();
    for (int i = 0; i < names.size(); i++) {
      Optional<StudySeries> one = numbered ? numbered(i) : best(names.get(i));
      if (one.isEmpty() || found.containsValue(one.get())) {
        throw new ImageFormatException(
            "expected the sequences %s, found no series of its own for %s among %s"
                .formatted(names, names.get(i), series));
      }
      found.put(names.get(i), one.get());
    }
    return found;
  }

  private Optional<StudySeries> numbered(int channel) {
    String ending = String.format(Locale.ROOT, "_%04d.nii", channel);
    return series.stream()
        .filter(each -> each.name().replaceFirst("\\.gz$", "").endsWith(ending))
        .findFirst();
  }

  private Optional<StudySeries> best(String name) {
    List<StudySeries> fitting = new ArrayList<>();
    Optional<String> kind =
        SequenceName.of(name, ScanFacts.FILE_NAME, false).map(ScanFacts.Fact::value);
    Pattern word =
        Pattern.compile(
            ".*(^|[^a-z0-9])" + Pattern.quote(name.toLowerCase(Locale.ROOT)) + "([^a-z0-9].*|$)");
    for (StudySeries each : series) {
      boolean fits =
          kind.map(each.kind()::equals)
              .orElseGet(
                  () ->
                      isCt(name)
                          ? each.facts().modality() == Modality.CT
                          : word.matcher(each.name().toLowerCase(Locale.ROOT)).matches());
      if (fits && each.obstacle().isEmpty()) {
        fitting.add(each);
      }
    }
    return fitting.size() == 1
        ? Optional.of(fitting.get(0))
        : new SeriesOrder(Study.USUAL_ORDER).best(fitting);
  }

  private static boolean isCt(String name) {
    return name.equalsIgnoreCase("ct");
  }
}
