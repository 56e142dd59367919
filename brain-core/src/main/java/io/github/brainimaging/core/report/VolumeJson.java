package io.github.brainimaging.core.report;

import static java.util.Locale.ROOT;

import com.google.gson.stream.JsonWriter;
import io.github.brainimaging.core.geometry.VolumeCrop;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Orientation;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.SlicePrediction;
import io.github.brainimaging.core.inference.VolumeMaskUncertainty;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.measure.Change;
import io.github.brainimaging.core.measure.Lesion;
import io.github.brainimaging.core.measure.Lesion.Diameters;
import io.github.brainimaging.core.measure.Lesion.Midline;
import io.github.brainimaging.core.pipeline.VolumeAnalysis;
import io.github.brainimaging.core.registration.RigidTransform;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an analysis of a volume says, within an object. */
final class VolumeJson {

  private final JsonWriter json;

  private VolumeJson(JsonWriter json) {
    this.json = json;
  }

  static void write(JsonWriter json, VolumeAnalysis analysis) throws IOException {
    new VolumeJson(json).findings(analysis);
  }

  private void findings(VolumeAnalysis analysis) throws IOException {
    json.name("assessment");
    JsonParts.assessment(json, analysis.assessment());
    json.name("volume");
    volume(analysis.volume());
    Optional<Prediction> prediction = analysis.prediction();
    json.name("predicted").value(prediction.map(Prediction::label).orElse(null));
    json.name("probabilities");
    JsonParts.numbers(json, prediction.map(Prediction::probabilities).orElse(null));
    json.name("uncertainty");
    JsonParts.uncertainty(json, prediction.orElse(null));
    json.name("slices");
    slices(analysis.slices());
    Optional<VolumeSegmentation> found = analysis.segmentation();
    json.name("volumeMl");
    JsonParts.number(
        json, found.map(f -> f.mask().volumeMl().orElse(Double.NaN)).orElse(Double.NaN));
    json.name("confidence");
    JsonParts.number(json, found.map(f -> f.confidence().orElse(Double.NaN)).orElse(Double.NaN));
    json.name("regionUncertainty");
    doubt(found.flatMap(VolumeSegmentation::uncertainty).orElse(null));
    json.name("labels");
    LabelRows.json(json, found.flatMap(VolumeSegmentation::labels));
    json.name("lesions");
    lesions(analysis.lesions());
    json.name("change");
    change(analysis.change().orElse(null));
    json.name("remarks");
    JsonParts.texts(json, analysis.remarks());
    json.name("milliseconds");
    JsonParts.numbers(json, analysis.milliseconds());
  }

  private void doubt(@Nullable VolumeMaskUncertainty known) throws IOException {
    if (known == null) {
      json.nullValue();
      return;
    }
    json.beginObject();
    json.name("runs").value(known.runs());
    json.name("agreement").value(known.agreement());
    json.name("lowVoxels").value(known.low());
    json.name("highVoxels").value(known.high());
    json.name("lowMl");
    JsonParts.number(json, known.lowMl().orElse(Double.NaN));
    json.name("highMl");
    JsonParts.number(json, known.highMl().orElse(Double.NaN));
    json.endObject();
  }

  private void volume(MedicalVolume volume) throws IOException {
    json.beginObject();
    json.name("width").value(volume.width());
    json.name("height").value(volume.height());
    json.name("depth").value(volume.depth());
    json.name("modality").value(volume.modality().name());
    json.name("orientation")
        .value(volume.affine().map(affine -> affine.orientation().toString()).orElse(null));
    json.name("spacingMm");
    if (volume.spacing().isKnown()) {
      json.beginArray();
      json.value(volume.spacing().x()).value(volume.spacing().y()).value(volume.spacing().z());
      json.endArray();
    } else {
      json.nullValue();
    }
    json.name("facts");
    JsonParts.facts(json, volume.facts());
    json.name("warnings");
    JsonParts.texts(json, volume.warnings());
    json.endObject();
  }

  private void slices(List<SlicePrediction> slices) throws IOException {
    json.beginArray();
    for (SlicePrediction slice : slices) {
      json.beginObject();
      json.name("slice").value(slice.number());
      json.name("orientation").value(slice.turnedTo().map(Orientation::toString).orElse(null));
      json.name("predicted").value(slice.prediction().label());
      json.name("probabilities");
      JsonParts.numbers(json, slice.prediction().probabilities());
      json.name("assessment");
      JsonParts.assessment(json, slice.prediction().assessment());
      json.name("decisive").value(slice.isDecisive());
      json.name("weight");
      JsonParts.number(json, slice.weight());
      json.endObject();
    }
    json.endArray();
  }

  private void change(@Nullable Change change) throws IOException {
    if (change == null) {
      json.nullValue();
      return;
    }
    json.beginObject();
    json.name("earlier").value(change.earlier());
    RigidTransform by = change.registration().rigid();
    json.name("moved").beginObject();
    json.name("degrees").beginArray();
    json.value(by.rotationXDegrees()).value(by.rotationYDegrees()).value(by.rotationZDegrees());
    json.endArray();
    json.name("shift").beginArray();
    json.value(by.shiftX()).value(by.shiftY()).value(by.shiftZ()).endArray();
    json.name("mutualInformationBefore").value(change.registration().before());
    json.name("mutualInformation").value(change.registration().measure());
    json.name("overlap").value(change.registration().overlap());
    json.name("doubts");
    JsonParts.texts(json, change.registration().doubts());
    json.endObject();
    amount("volumeMl", change.volumeMl());
    amount("productMm2", change.productMm2());
    json.name("earlierLesions");
    lesions(change.before());
    json.name("parts").beginArray();
    for (Change.Part part : change.parts()) {
      json.beginObject();
      json.name("state").value(part.isNew() ? "new" : part.isGone() ? "gone" : "known");
      numbers("earlierLesions", part.before(), change.before());
      numbers("lesions", part.after(), change.after());
      amount("volumeMl", part.volumeMl());
      amount("productMm2", part.productMm2());
      json.endObject();
    }
    json.endArray();
    json.endObject();
  }

  private void numbers(String name, List<Lesion> some, List<Lesion> all) throws IOException {
    json.name(name).beginArray();
    for (Lesion lesion : some) {
      json.value(all.indexOf(lesion));
    }
    json.endArray();
  }

  private void amount(String name, Change.Amount amount) throws IOException {
    json.name(name).beginObject();
    json.name("before");
    JsonParts.number(json, amount.before().orElse(Double.NaN));
    json.name("after");
    JsonParts.number(json, amount.after().orElse(Double.NaN));
    json.name("percent");
    JsonParts.number(json, amount.percent().orElse(Double.NaN));
    json.endObject();
  }

  private void lesions(List<Lesion> lesions) throws IOException {
    json.beginArray();
    for (Lesion lesion : lesions) {
      lesion(lesion);
    }
    json.endArray();
  }

  private void lesion(Lesion lesion) throws IOException {
    Optional<Diameters> diameters = lesion.diameters();
    json.beginObject();
    json.name("voxels").value(lesion.voxels());
    json.name("volumeMl");
    JsonParts.number(json, lesion.volumeMl().orElse(Double.NaN));
    json.name("diameterMm");
    JsonParts.number(json, diameters.map(Diameters::inPlane).orElse(Double.NaN));
    json.name("perpendicularMm");
    JsonParts.number(json, diameters.map(Diameters::perpendicular).orElse(Double.NaN));
    json.name("diameterInSpaceMm");
    JsonParts.number(json, diameters.map(Diameters::inSpace).orElse(Double.NaN));
    json.name("productMm2");
    JsonParts.number(json, diameters.map(Diameters::productMm2).orElse(Double.NaN));
    json.name("centroidRasMm");
    if (lesion.centroidMm().isEmpty()) {
      json.nullValue();
    } else {
      json.beginArray();
      for (double coordinate : lesion.centroidMm()) {
        json.value(coordinate);
      }
      json.endArray();
    }
    json.name("firstSlice").value(lesion.firstSlice());
    json.name("lastSlice").value(lesion.lastSlice());
    json.name("fullestSlice").value(lesion.fullestSlice());
    VolumeCrop.Box box = lesion.box();
    json.name("boxVoxels").beginObject();
    json.name("x").value(box.x()).name("y").value(box.y()).name("z").value(box.z());
    json.name("width").value(box.width()).name("height").value(box.height());
    json.name("depth").value(box.depth()).endObject();
    Optional<Midline> midline = lesion.midline();
    json.name("side").value(midline.map(m -> m.side().name().toLowerCase(ROOT)).orElse(null));
    json.name("centroidToMidlineMm");
    JsonParts.number(json, midline.map(Midline::centroidMm).orElse(Double.NaN));
    json.name("nearestToMidlineMm");
    JsonParts.number(json, midline.map(Midline::nearestMm).orElse(Double.NaN));
    json.endObject();
  }
}
