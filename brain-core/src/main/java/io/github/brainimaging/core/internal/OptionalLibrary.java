package io.github.brainimaging.core.internal;

/**
 * A library that only a part of ours needs, so that who only reads an image is not made to carry
 * it. The part asks for it first, and whoever lacks it is told what to add.
 */
public enum OptionalLibrary {
  /** Reports as JSON. */
  GSON("com.google.gson.stream.JsonWriter", "com.google.code.gson:gson", "a report"),

  /** Plots. */
  XCHART("org.knowm.xchart.XYChart", "org.knowm.xchart:xchart", "a plot"),

  /** Plots as SVG. */
  BATIK(
      "org.apache.batik.svggen.SVGGraphics2D",
      "org.apache.xmlgraphics:batik-svggen",
      "a plot as SVG"),

  /** Reports as PDF. */
  PDFBOX("org.apache.pdfbox.pdmodel.PDDocument", "org.apache.pdfbox:pdfbox", "a report as PDF"),

  /** Distributions behind tests and intervals. */
  COMMONS_STATISTICS(
      "org.apache.commons.statistics.distribution.NormalDistribution",
      "org.apache.commons:commons-statistics-distribution",
      "a p value or an interval"),

  /** Answers in several parts. */
  COMMONS_FILEUPLOAD(
      "org.apache.commons.fileupload.MultipartStream",
      "commons-fileupload:commons-fileupload",
      "a series from an archive"),

  /** Files in the HDF5 format, which Keras writes. */
  JHDF("io.jhdf.HdfFile", "io.jhdf:jhdf", "a Keras file"),

  /** Classical classifiers. */
  TRIBUO(
      "org.tribuo.classification.libsvm.LibSVMClassificationTrainer",
      "org.tribuo:tribuo-classification-libsvm (-mnnaivebayes, -tree; tribuo-common-nearest-neighbour)",
      "a baseline");

  private final String type;
  private final String artifact;
  private final String purpose;

  OptionalLibrary(String type, String artifact, String purpose) {
    this.type = type;
    this.artifact = artifact;
    this.purpose = purpose;
  }

  /**
   * Says clearly what is missing, before a class that is not there does it.
   *
   * @throws IllegalStateException if the library is not on the class path
   */
  public void require() {
    try {
      Class<?> unused = Class.forName(type, false, OptionalLibrary.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          purpose
              + " needs "
              + artifact
              + ", which this library does not bring along: add it to the dependencies",
          e);
    }
  }
}
