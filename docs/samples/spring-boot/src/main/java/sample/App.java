package sample;

import io.github.brainimaging.core.io.ImageFormatException;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.pipeline.BrainPipeline;
import io.github.brainimaging.core.report.ResultJson;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** A web service: an image comes in, what the embedded classifier says of it goes out. */
@SpringBootApplication(proxyBeanMethods = false)
@RestController
public class App {

  private final BrainPipeline pipeline;

  App(BrainPipeline pipeline) {
    this.pipeline = pipeline;
  }

  /** Loaded once, shared by all requests, closed by Spring. */
  @Bean
  static OnnxClassifier classifier() {
    return OnnxClassifier.embedded();
  }

  @Bean
  static BrainPipeline pipeline(OnnxClassifier classifier) {
    return BrainPipeline.builder().classify(classifier).build();
  }

  /** The answer as JSON. */
  @PostMapping(value = "/analyze", produces = MediaType.APPLICATION_JSON_VALUE)
  String analyze(@RequestBody byte[] image) {
    try {
      return ResultJson.toJson(
          pipeline.analyze("upload", MedicalImageReader.withDefaults().read(image, "upload")));
    } catch (ImageFormatException e) {
      throw new ResponseStatusException(HttpStatus.BAD_REQUEST, e.getMessage(), e);
    }
  }

  /** Starts it on port 8080, or on {@code --server.port}. */
  public static void main(String[] arguments) {
    SpringApplication.run(App.class, arguments);
  }
}
