package io.github.brainimaging.examples.cli;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.examples.cli.file.HeadPhantom;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import picocli.CommandLine;

/** Runs a command as the shell would, but in this JVM. */
public final class Commands {

  private Commands() {}

  /** The exit code; what is printed goes to the writers. */
  public static int run(Writer out, Writer err, Object... arguments) {
    CommandLine line = Brain.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int code = line.execute(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
    line.getOut().flush();
    line.getErr().flush();
    return code;
  }

  /** Draws a head with a lesion, and gives the file back. */
  @CanIgnoreReturnValue
  public static Path phantom(Path file) throws IOException {
    PngImageWriter.write(HeadPhantom.draw(165, 105, 18, 2), file);
    return file;
  }

  /** A ball of 100 in voxels of 5 mm, placed as a head is. */
  public static MedicalVolume ball() {
    float[] samples = new float[32 * 32 * 24];
    for (int i = 0; i < samples.length; i++) {
      int x = i % 32 - 16;
      int y = i / 32 % 32 - 16;
      int z = i / 1024 - 12;
      samples[i] = x * x + y * y + 1.5f * z * z < 130 ? 100 : 0;
    }
    Affine place = Affine.scaling(5, 5, 5).then(Affine.translation(-80, -80, -60));
    return MedicalVolume.of(VolumeGrid.ofSize(32, 32, 24).withAffine(place), samples);
  }

  /** What a command wrote. */
  public static JsonObject json(Path file) throws IOException {
    return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
  }
}
