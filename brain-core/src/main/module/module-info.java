/** Images, readers, transforms, evaluation, the pipeline and its reports. */
module io.github.brainimaging.core {
  requires transitive java.desktop;
  requires java.net.http;
  requires java.xml;
  requires jdk.jfr;
  requires org.slf4j;

  requires static transitive com.google.errorprone.annotations;
  requires static transitive org.jspecify;

  // Optional, as in the POM: OptionalLibrary tells whoever needs one of them.
  requires static com.google.gson;
  requires static org.apache.commons.fileupload;
  requires static org.apache.commons.statistics.distribution;
  requires static org.apache.fontbox;
  requires static org.apache.pdfbox;
  requires static org.apache.pdfbox.io;
  requires static org.apache.xmlgraphics.batik.svggen;
  requires static xchart;

  exports io.github.brainimaging.core.archive;
  exports io.github.brainimaging.core.augmentation;
  exports io.github.brainimaging.core.bias;
  exports io.github.brainimaging.core.data;
  exports io.github.brainimaging.core.domain;
  exports io.github.brainimaging.core.evaluation;
  exports io.github.brainimaging.core.evaluation.classification;
  exports io.github.brainimaging.core.evaluation.parity;
  exports io.github.brainimaging.core.evaluation.segmentation;
  exports io.github.brainimaging.core.evaluation.significance;
  exports io.github.brainimaging.core.explanation;
  exports io.github.brainimaging.core.fusion;
  exports io.github.brainimaging.core.geometry;
  exports io.github.brainimaging.core.image;
  exports io.github.brainimaging.core.inference;
  exports io.github.brainimaging.core.io;
  exports io.github.brainimaging.core.measure;
  exports io.github.brainimaging.core.pipeline;
  exports io.github.brainimaging.core.plot;
  exports io.github.brainimaging.core.privacy;
  exports io.github.brainimaging.core.registration;
  exports io.github.brainimaging.core.report;
  exports io.github.brainimaging.core.slice;
  exports io.github.brainimaging.core.study;
  exports io.github.brainimaging.core.tensor;
  exports io.github.brainimaging.core.transform;
  exports io.github.brainimaging.core.transform.intensity;
  exports io.github.brainimaging.core.transform.spatial;
  exports io.github.brainimaging.core.uncertainty;
  exports io.github.brainimaging.core.work;

  exports io.github.brainimaging.core.grid to
      io.github.brainimaging.models,
      io.github.brainimaging.segmentation;
  exports io.github.brainimaging.core.internal to
      io.github.brainimaging.models,
      io.github.brainimaging.segmentation;

  // Gson reads and writes the lines of a report's journal.
  opens io.github.brainimaging.core.report to
      com.google.gson;
}
