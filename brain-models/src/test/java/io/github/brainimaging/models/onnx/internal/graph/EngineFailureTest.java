package io.github.brainimaging.models.onnx.internal.graph;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtException.OrtErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the engine says, as its builds by GCC (Linux) and by MSVC (Windows) say it. */
class EngineFailureTest {

  /** Where the arena is, as the two compilers write it. */
  private static final String ARENA_LINUX =
      "/onnxruntime_src/onnxruntime/core/framework/bfc_arena.cc:376 void*"
          + " onnxruntime::BFCArena::AllocateRawInternal(size_t, bool, onnxruntime::Stream*) ";

  private static final String ARENA_WINDOWS =
      "D:\\a\\_work\\1\\s\\onnxruntime\\core\\framework\\bfc_arena.cc:376"
          + " onnxruntime::BFCArena::AllocateRawInternal ";

  private static final String CUDA_LINUX =
      "/onnxruntime_src/onnxruntime/core/providers/cuda/cuda_call.cc:129 std::conditional_t<THRW,"
          + " void, onnxruntime::common::Status> onnxruntime::CudaCall(ERRTYPE, const char*, const"
          + " char*, SUCCTYPE, const char*, const char*, int) [with ERRTYPE = cudaError; bool THRW"
          + " = true; SUCCTYPE = cudaError] ";

  private static final String CUDA_WINDOWS =
      "D:\\a\\_work\\1\\s\\onnxruntime\\core\\providers\\cuda\\cuda_call.cc:129"
          + " onnxruntime::CudaCall ";

  private static final String NODE =
      "Non-zero status code returned while running Conv node. Name:'conv1' Status Message: ";

  private static EngineFailure failure(OrtErrorCode code, String message) {
    return new EngineFailure(new OrtException(code, message));
  }

  /** Of LINUX and WINDOWS the one, so that every rule is held against both. */
  private static String at(String place) {
    return switch (place) {
      case "arena, Linux" -> ARENA_LINUX;
      case "arena, Windows" -> ARENA_WINDOWS;
      case "CUDA, Linux" -> CUDA_LINUX;
      case "CUDA, Windows" -> CUDA_WINDOWS;
      default -> throw new IllegalArgumentException(place);
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "arena, Linux   | Failed to allocate memory for requested buffer of size 1073741824",
        "arena, Windows | Failed to allocate memory for requested buffer of size 1073741824",
        "CUDA, Linux    | CUDA failure 2: out of memory ; GPU=0 ; expr=cudaMalloc((void**)&p,"
            + " size)",
        "CUDA, Windows  | CUDA failure 2: out of memory ; GPU=0 ; expr=cudaMalloc((void**)&p,"
            + " size)",
        "CUDA, Linux    | CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED ;"
            + " expr=cublasCreate(&handle)",
        "CUDA, Windows  | CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED ; expr=cublasCreate(&handle)"
      })
  void memoryThatRanOutIsKnownAndTold(String place, String cause) {
    EngineFailure alone = failure(OrtErrorCode.ORT_FAIL, at(place) + cause + "; ");
    assertThat(alone.isOutOfMemory()).isTrue();
    assertThat(alone).hasMessage("memory ran out (" + cause + ")");

    EngineFailure inNode =
        failure(OrtErrorCode.ORT_RUNTIME_EXCEPTION, NODE + at(place) + cause + "; ");
    assertThat(inNode.isOutOfMemory()).isTrue();
    assertThat(inNode).hasMessage("memory ran out in its operator Conv 'conv1' (" + cause + ")");
  }

  @Test
  void memoryIsAskedOfTheEnginesOwnWords() {
    EngineFailure failure =
        new EngineFailure("cannot be loaded", new OrtException("x.cc:1 f std::bad_alloc"));
    assertThat(failure.isOutOfMemory()).isTrue();
    assertThat(failure.getMessage()).startsWith("cannot be loaded: ").contains("std::bad_alloc");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Exiting due to terminate flag being set to true.",
        NODE + "Exiting due to terminate flag being set to true.",
        NODE + ARENA_LINUX + "Exiting due to terminate flag being set to true.",
        NODE + ARENA_WINDOWS + "Exiting due to terminate flag being set to true."
      })
  void anEndedRunIsNoFaultOfTheNetwork(String message) {
    EngineFailure failure = failure(OrtErrorCode.ORT_FAIL, message);
    assertThat(failure.isOutOfMemory()).isFalse();
    assertThat(failure.getMessage())
        .startsWith("the run was ended before it was done")
        .contains("terminate flag")
        .doesNotContain("card's size");
  }

  @ParameterizedTest
  @ValueSource(strings = {"arena, Linux", "arena, Windows", "CUDA, Linux", "CUDA, Windows"})
  void whatIsSaidBehindAPlaceStays(String place) {
    assertThat(failure(OrtErrorCode.ORT_FAIL, at(place) + "cannot do so (axis 1)"))
        .hasMessage("ONNX Runtime cannot use it: cannot do so (axis 1)");
    assertThat(failure(OrtErrorCode.ORT_FAIL, NODE + at(place) + "sizes (3) and (4) differ."))
        .hasMessage(
            "its operator Conv 'conv1' cannot take what comes to it, as where the card's size,"
                + " channels or number of slices are not those of the export (sizes (3) and (4)"
                + " differ)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/src/graph.cc:7 onnxruntime::common::Status onnxruntime::Graph::Resolve(const"
            + " std::function<void(int)>&) const ",
        "/src/graph.cc:7 onnxruntime::Conv<T>::Conv(const onnxruntime::OpKernelInfo&) [with T ="
            + " float] ",
        "D:\\s\\graph.cc:7 onnxruntime::Graph::Resolve ",
        "D:\\s\\graph.cc:7 "
      })
  void theOtherRulesSpeakOfEitherStyle(String place) {
    assertThat(failure(OrtErrorCode.ORT_FAIL, place + "Foo(-1) is not a registered function/op"))
        .hasMessage("its operator Foo is not known: export the network without it");
    assertThat(
            failure(
                OrtErrorCode.ORT_INVALID_GRAPH,
                place
                    + "In Node, (\"n\", Foo, \"\", -1) : (\"x\": tensor(float),) -> (\"y\",) ,"
                    + " Error No Op registered for Foo with domain_version of 13"))
        .hasMessageStartingWith("its operator Foo 'n' does not exist in operator set 13");
    assertThat(
            failure(
                OrtErrorCode.ORT_FAIL,
                place
                    + "Opset 99 is under development and support for this is limited. Current"
                    + " official support for domain ai.onnx is till opset 27."))
        .hasMessage(
            "it uses operator set 99 of ai.onnx, expected at most 27: export it with such an"
                + " opset");
    assertThat(
            failure(
                OrtErrorCode.ORT_NOT_IMPLEMENTED,
                place + "Could not find an implementation for Foo(13) node with name 'n'"))
        .hasMessageStartingWith("its operator Foo 'n' cannot run with the types");
    assertThat(
            failure(
                OrtErrorCode.ORT_INVALID_ARGUMENT,
                place + "Got invalid dimensions for input: x index: 1 Got: 3 Expected: 1"))
        .hasMessageStartingWith("what it is fed is not of the shape that it declares (Got invalid");
  }
}
