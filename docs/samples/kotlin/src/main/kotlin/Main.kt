import io.github.brainimaging.core.image.MedicalImage
import io.github.brainimaging.core.pipeline.BrainPipeline
import io.github.brainimaging.core.report.ResultJson
import io.github.brainimaging.models.onnx.OnnxClassifier

/** Asks the embedded classifier about a drawing, which it refuses, since it is no head. */
fun main() {
    val samples = FloatArray(64 * 64) { (it % 64 * 4).toFloat() }
    val drawing = MedicalImage.ofGray(64, 64, samples).withNominalMaximum(255f)
    OnnxClassifier.embedded().use { classifier ->
        val pipeline = BrainPipeline.builder().classify(classifier).build()
        println(ResultJson.toJson(pipeline.analyze("drawing", drawing)))
    }
}
