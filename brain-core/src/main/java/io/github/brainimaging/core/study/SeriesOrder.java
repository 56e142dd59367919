package io.github.brainimaging.core.study;

import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.image.ScanFacts;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which series serves best, and why one was left out. */
final class SeriesOrder {

  private final List<Modality> order;
  private final Comparator<StudySeries> better;

  SeriesOrder(List<Modality> order) {
    this.order = List.copyOf(order);
    this.better =
        Comparator.comparingInt(this::rank)
            .thenComparing(StudySeries::isDerived)
            .thenComparingLong(SeriesOrder::tenths)
            .thenComparing(series -> series.grid().depth(), Comparator.reverseOrder());
  }

  Optional<StudySeries> best(List<StudySeries> series) {
    return series.stream().filter(this::serves).min(better);
  }

  /** Whether the files name no sequence, and no modality that has none. */
  static boolean isSilent(ScanFacts facts) {
    return facts.find(ScanFacts.SEQUENCE).isEmpty() && facts.modality() != Modality.CT;
  }

  private boolean serves(StudySeries series) {
    return series.obstacle().isEmpty() && rank(series) >= 0;
  }

  /** The place in the order; -1 if it is not asked for. */
  private int rank(StudySeries series) {
    Modality modality = series.facts().modality();
    boolean other = modality == Modality.MR && !isSilent(series.facts());
    return other ? -1 : order.indexOf(modality);
  }

  /** A difference of less than a tenth of a millimeter is none; what is not known comes last. */
  private static long tenths(StudySeries series) {
    double mm = series.coarsestMm();
    return Double.isNaN(mm) ? Long.MAX_VALUE : Math.round(10 * mm);
  }

  String reason(StudySeries series, Optional<StudySeries> chosen) {
    if (series.obstacle().isPresent()) {
      return series.obstacle().get();
    }
    if (rank(series) < 0 || chosen.isEmpty()) {
      return series.kind() + " is not asked for";
    }
    StudySeries best = chosen.get();
    if (rank(series) != rank(best)) {
      return series.kind() + ", where " + best.kind() + " is there (" + best.name() + ")";
    }
    if (series.isDerived() && !best.isDerived()) {
      return "made from another series, where an original is there (" + best.name() + ")";
    }
    if (tenths(series) != tenths(best) && Double.isNaN(series.coarsestMm())) {
      return String.format(
          Locale.ROOT,
          "the size of its voxels is unknown, where there are %.1f mm (%s)",
          best.coarsestMm(),
          best.name());
    }
    if (tenths(series) != tenths(best)) {
      return String.format(
          Locale.ROOT,
          "%.1f mm from voxel to voxel, where there are %.1f (%s)",
          series.coarsestMm(),
          best.coarsestMm(),
          best.name());
    }
    return series.grid().depth() < best.grid().depth()
        ? String.format(
            Locale.ROOT,
            "%d slices, where there are %d (%s)",
            series.grid().depth(),
            best.grid().depth(),
            best.name())
        : "as good as " + best.name() + ", which comes first";
  }
}
