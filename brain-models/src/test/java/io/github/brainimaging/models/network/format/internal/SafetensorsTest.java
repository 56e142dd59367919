package io.github.brainimaging.models.network.format.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.models.network.format.WeightFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {

  @TempDir Path folder;

  @Test
  void readsWhatItWrote() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("b", Tensor.of(new float[] {1, -2.5f, Float.MIN_VALUE, 4, 5, 6}, 2, 3));
    tensors.put("a", Tensor.of(new float[] {7}, 1));
    tensors.put("none", Tensor.of(new float[0], 0));
    Path file = folder.resolve("w.safetensors");

    WeightFiles.write(tensors, Map.of("epoch", "3", "t", "a\n\"b\""), file);
    Safetensors.Content content = Safetensors.read(file);

    assertThat(content.tensors()).isEqualTo(tensors);
    assertThat(content.metadata()).isEqualTo(Map.of("epoch", "3", "t", "a\n\"b\""));
  }

  @Test
  void writesTheBytesThatTheFormatAsksFor() throws IOException {
    Path file = folder.resolve("w.safetensors");
    WeightFiles.write(Map.of("x", Tensor.of(new float[] {1}, 1)), Map.of(), file);

    byte[] bytes = Files.readAllBytes(file);
    String header =
        "{\"__metadata__\":{},\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
    assertThat(bytes[0]).isEqualTo((byte) header.length());
    assertThat(new String(bytes, 8, header.length(), StandardCharsets.UTF_8)).isEqualTo(header);
    assertThat(bytes).endsWith(0, 0, (byte) 0x80, 0x3f).hasSize(8 + header.length() + 4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "short",
        "\u0004\0\0\0\0\0\0\0nope",
        "\u0002\0\0\0\0\0\0\0[]",
        "\u0009\0\0\0\0\0\0\0{\"a\":{}} ",
        "\u0007\0\0\0\0\0\0\0{\"a\":1}"
      })
  void refusesOtherFiles(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("bad"), text);

    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("bad")
        .hasMessageContaining("safetensors");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[500000000],\"data_offsets\":[0,2000000000]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,99999999999]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[100,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[-4,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,3]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":1,\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":{}}}",
        "{\"a\":{\"dtype\":null,\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"__metadata__\":{\"a\":null}}",
        "{\"__metadata__\":{\"a\":{}}}"
      })
  void refusesHeadersThatDoNotHoldWhatTheySay(String header) throws IOException {
    Path file = folder.resolve("bad");
    ByteBuffer bytes = ByteBuffer.allocate(8 + header.length() + 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
    Files.write(file, bytes.array());

    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file + ": expected a safetensors file with F32 tensors");
  }
}
