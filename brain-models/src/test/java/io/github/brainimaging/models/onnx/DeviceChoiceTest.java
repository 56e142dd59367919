package io.github.brainimaging.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.onnx.internal.GpuProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeviceChoiceTest {

  /** A host that notes what it was asked. */
  private static final class Host implements GpuProbe {

    private final boolean cudaBuild;
    private final int gpus;
    private final Optional<String> problem;
    private final List<String> asked = new ArrayList<>();

    Host(boolean cudaBuild, int gpus, Optional<String> problem) {
      this.cudaBuild = cudaBuild;
      this.gpus = gpus;
      this.problem = problem;
    }

    @Override
    public boolean hasCudaBuild() {
      asked.add("build");
      return cudaBuild;
    }

    @Override
    public int gpuCount() {
      asked.add("driver");
      return gpus;
    }

    @Override
    public Optional<String> cudaProblem(int index) {
      asked.add("cuda " + index);
      return problem;
    }
  }

  private static void assertMissing(Host host, String what, String... asked) {
    DeviceChoice choice = DeviceChoice.of(Device.auto(), host);
    assertThat(choice.device()).isEqualTo(Device.cpu());
    assertThat(choice.whyNotGpu()).hasValueSatisfying(why -> assertThat(why).contains(what));
    assertThat(host.asked).containsExactly(asked);
    assertThatThrownBy(() -> DeviceChoice.of(Device.gpu(0), host))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("GPU 0 was asked for and cannot be used: ")
        .hasMessageContaining(what)
        .hasMessageContaining("Device.cpu()");
  }

  @Test
  void theCpuNeedsNoProbe() {
    Host host = new Host(true, 1, Optional.empty());
    DeviceChoice choice = DeviceChoice.of(Device.cpu(), host);
    assertThat(choice).isEqualTo(new DeviceChoice(Device.cpu(), Optional.empty()));
    assertThat(host.asked).isEmpty();
  }

  @Test
  void takesTheGpuThatWorks() {
    Host host = new Host(true, 2, Optional.empty());
    assertThat(DeviceChoice.of(Device.auto(), host))
        .isEqualTo(new DeviceChoice(Device.gpu(0), Optional.empty()));
    assertThat(DeviceChoice.of(Device.gpu(1), host))
        .isEqualTo(new DeviceChoice(Device.gpu(1), Optional.empty()));
    assertThat(host.asked).contains("cuda 0", "cuda 1");
  }

  @Test
  void missesTheGpuArtifact() {
    assertMissing(new Host(false, 1, Optional.empty()), "CPU artifact", "build");
  }

  @Test
  void missesTheDriverAndThenNeverTouchesCuda() {
    assertMissing(new Host(true, 0, Optional.of("crash")), "no NVIDIA driver", "build", "driver");
  }

  @Test
  void missesTheCudaLibraries() {
    assertMissing(
        new Host(true, 1, Optional.of("libcudnn.so.9 not found")),
        "libcudnn.so.9 not found",
        "build",
        "driver",
        "cuda 0");
  }

  @Test
  void missesAGpuOfThatNumber() {
    Host host = new Host(true, 1, Optional.empty());
    assertThatThrownBy(() -> DeviceChoice.of(Device.gpu(3), host))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("GPU 3")
        .hasMessageContaining("shows 1 GPU(s)");
    assertThat(host.asked).doesNotContain("cuda 3");
  }

  @Test
  void devicesAreValues() {
    assertThat(Device.gpu(1)).isEqualTo(Device.gpu(1)).isNotEqualTo(Device.gpu(0));
    assertThat(Device.gpu(1)).hasSameHashCodeAs(Device.gpu(1)).hasToString("GPU 1");
    assertThat(Device.gpu(1).gpuIndex()).hasValue(1);
    assertThat(Device.cpu().gpuIndex()).isEmpty();
    assertThat(Device.cpu()).isNotEqualTo(Device.auto());
    assertThatThrownBy(() -> Device.gpu(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("index must not be negative, got -1");
  }
}
