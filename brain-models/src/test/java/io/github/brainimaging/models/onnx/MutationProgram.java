package io.github.brainimaging.models.onnx;

import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.ModelInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Feeds damaged models to the library: {@code FOLDER FROM TO SEED}. The folder holds the sound
 * models; the number of the model under way is written to its file {@code at}, which outlives a
 * crash.
 */
final class MutationProgram {

  private MutationProgram() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    long seed = Long.parseLong(arguments[3]);
    List<Path> files = models(folder);
    List<byte[]> models = new ArrayList<>();
    for (Path file : files) {
      models.add(Files.readAllBytes(file));
    }
    int loaded = 0;
    int refused = 0;
    try (FileChannel at =
        FileChannel.open(
            folder.resolve("at"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (int i = Integer.parseInt(arguments[1]); i < Integer.parseInt(arguments[2]); i++) {
        at.write(ByteBuffer.allocate(Integer.BYTES).putInt(i).flip(), 0);
        int which = i % models.size();
        byte[] mutant = MutatedModels.mutate(models.get(which), new Random(seed * 1_000_003 + i));
        String name = files.get(which).getFileName() + "#" + i;
        long start = System.nanoTime();
        if (load(folder, mutant, name)) {
          loaded++;
        } else {
          refused++;
        }
        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        if (seconds > 40) { // the run on blank input may take 30
          System.out.println("slow " + name + " " + seconds + " s");
        }
      }
    }
    System.out.println("loaded " + loaded + " refused " + refused);
  }

  static List<Path> models(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(".onnx")).sorted().toList();
    }
  }

  /** As a file where it may hold weights in other files, else from memory. */
  private static boolean load(Path folder, byte[] model, String name) throws IOException {
    ModelSource source = ModelSource.ofBytes(model, name);
    if (name.startsWith("external")) {
      source = ModelSource.ofPath(Files.write(folder.resolve("mutant"), model));
    }
    try (OnnxClassifier classifier =
        OnnxClassifier.builder()
            .model(source)
            .card(ModelInput.ofSize(4, 1), Activation.LOGITS, List.of("a", "b"))
            .threads(1)
            .build()) {
      return !classifier.labels().isEmpty();
    } catch (ModelException e) {
      return false;
    } catch (RuntimeException | Error e) {
      System.out.println("surprise " + name + " " + e);
      return false;
    }
  }
}
