package io.github.brainimaging.examples.cli.option;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What series of an archive must be like. */
public final class QueryOptions {

  @Option(names = "--study", paramLabel = "UID", description = "The study instance UID.")
  private @Nullable String study;

  @Option(names = "--series", paramLabel = "UID", description = "The series instance UID.")
  private @Nullable String series;

  @Option(names = "--accession", paramLabel = "NUMBER", description = "The accession number.")
  private @Nullable String accession;

  @Option(
      names = "--modality",
      paramLabel = "CODE",
      description = "The modality, such as MR, CT or SEG.")
  private @Nullable String modality;

  @Option(
      names = "--where",
      paramLabel = "KEY=VALUE",
      description =
          "Anything else, by keyword or tag, such as PatientID=4711, StudyDate=20260101-20261231,"
              + " limit=50; may be given again.")
  private Map<String, String> others = new LinkedHashMap<>();

  /** Keywords and what they must be; empty if nothing was asked for. */
  public Map<String, String> query() {
    Map<String, String> query = new LinkedHashMap<>(others);
    put(query, "StudyInstanceUID", study);
    put(query, "SeriesInstanceUID", series);
    put(query, "AccessionNumber", accession);
    put(query, "Modality", modality);
    return query;
  }

  private static void put(Map<String, String> query, String key, @Nullable String value) {
    if (value != null) {
      query.put(key, value);
    }
  }
}
