package io.github.brainimaging.models.training.internal.batch;

import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Sha256;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.core.work.AtomicFiles;
import io.github.brainimaging.models.onnx.FeatureExtractor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Features that were computed once, a file each. Its name is the SHA-256 of all that decides them:
 * the network, its input, the pixels of the image, and for augmented copies the augmentation, its
 * seed and the copy's number. A file is there whole or not at all, so that an interruption loses
 * nothing else, and several trainings may use one folder.
 */
public final class FeatureCache {

  private final Path folder;
  private final FeatureExtractor extractor;
  private final Augmentation augmentation;
  private final long seed;

  /**
   * A cache.
   *
   * @param augmentation describes itself, for it decides what is in a file
   */
  public FeatureCache(
      Path folder, FeatureExtractor extractor, Augmentation augmentation, long seed) {
    this.folder = folder;
    this.extractor = extractor;
    this.augmentation = augmentation;
    this.seed = seed;
  }

  List<Integer> shape() {
    return extractor.shape();
  }

  int size() {
    return shape().stream().reduce(1, Math::multiplyExact);
  }

  /** The features of an image; copy 0 is the plain one, the others are augmented. */
  float[] get(Path image, int copy) throws IOException {
    MedicalImage pixels = MedicalImageReader.withDefaults().read(image);
    String digest =
        Sha256.ofPixels(pixels.width(), pixels.height(), pixels.channels(), pixels.samples());
    Path file = folder.resolve(key(digest, copy) + ".f32");
    try {
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length == Float.BYTES * size()) {
        float[] features = new float[size()];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(features);
        return features;
      }
    } catch (NoSuchFileException e) {
      // It is computed below, as a file of another length is.
    }
    float[] features = compute(pixels, digest, copy).toArray();
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * size()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(features);
    Files.createDirectories(folder);
    AtomicFiles.write(file, out -> out.write(bytes.array()));
    return features;
  }

  private Tensor compute(MedicalImage pixels, String digest, int copy) {
    if (copy == 0) {
      return extractor.extract(pixels);
    }
    MedicalImage sized = extractor.input().geometry().apply(pixels);
    long drawn = seed * 1_000_003 + copy;
    SplittableRandom random =
        new SplittableRandom(drawn * 1_000_003 + HexFormat.fromHexDigitsToLong(digest, 0, 16));
    return extractor.extractSized(augmentation.apply(sized, random));
  }

  private String key(String digest, int copy) {
    String augmented =
        copy == 0
            ? ""
            : String.join("\n", augmentation.description().orElseThrow(), seed + "", copy + "");
    String all = String.join("\n", extractor.identity(), digest, augmented);
    return new Sha256().add(all.getBytes(StandardCharsets.UTF_8)).digits();
  }
}
