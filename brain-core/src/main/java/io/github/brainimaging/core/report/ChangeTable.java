package io.github.brainimaging.core.report;

import io.github.brainimaging.core.measure.Change;
import io.github.brainimaging.core.measure.Change.Amount;
import io.github.brainimaging.core.measure.Lesion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** What became of each lesion since an earlier visit. */
final class ChangeTable {

  /** What stands above the columns. */
  static final List<String> COLUMNS =
      List.of("Earlier", "Now", "Volume", "Change", "Product of diameters", "Change");

  /** What a comparison of masks is not. */
  static final String NOTE =
      "Masks are compared, each measured in its own scan; the product of all is that of the five"
          + " largest lesions of 10 mm or more both ways. This is no assessment of response: RANO"
          + " asks for a reader, the clinical state and a second scan.";

  private ChangeTable() {}

  static String html(Change change) {
    return ReportPage.table(COLUMNS, rows(change)) + "<p class=\"facts\">" + NOTE + "</p>\n";
  }

  /** What stands in the columns: all lesions together, then each part. */
  static List<List<String>> rows(Change change) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("all", "all", change.volumeMl(), change.productMm2()));
    for (Change.Part part : change.parts().stream().filter(part -> !part.isSpeck()).toList()) {
      rows.add(
          row(
              part.isNew() ? "none" : numbers(part.before(), change.before()),
              part.isGone() ? "gone" : numbers(part.after(), change.after()),
              part.volumeMl(),
              part.productMm2()));
    }
    if (change.specks() > 0) {
      rows.add(List.of("specks", Long.toString(change.specks()), "below 0.1 ml each", "", "", ""));
    }
    return rows;
  }

  private static List<String> row(String earlier, String now, Amount ml, Amount mm2) {
    return List.of(
        earlier,
        now,
        words(ml, "%.1f", "ml"),
        percent(ml),
        words(mm2, "%.0f", "mm\u00b2"),
        percent(mm2));
  }

  private static String numbers(List<Lesion> some, List<Lesion> all) {
    List<String> numbers = new ArrayList<>();
    some.forEach(lesion -> numbers.add(Integer.toString(all.indexOf(lesion) + 1)));
    return String.join(" + ", numbers);
  }

  private static String words(Amount amount, String format, String unit) {
    return one(amount.before(), format) + " \u2192 " + one(amount.after(), format) + " " + unit;
  }

  private static String one(OptionalDouble value, String format) {
    return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble()) : "?";
  }

  /** With its sign; empty where there was nothing. */
  static String percent(Amount amount) {
    return amount.percent().isPresent()
        ? String.format(Locale.ROOT, "%+.1f %%", amount.percent().getAsDouble())
        : "";
  }
}
