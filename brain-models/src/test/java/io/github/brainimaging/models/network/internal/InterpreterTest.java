package io.github.brainimaging.models.network.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.models.network.layer.Add;
import io.github.brainimaging.models.network.layer.BatchNorm;
import io.github.brainimaging.models.network.layer.Concat;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Dense;
import io.github.brainimaging.models.network.layer.DistanceAttention;
import io.github.brainimaging.models.network.layer.Dropout;
import io.github.brainimaging.models.network.layer.Flatten;
import io.github.brainimaging.models.network.layer.GlobalAveragePool;
import io.github.brainimaging.models.network.layer.Layer;
import io.github.brainimaging.models.network.layer.Lstm;
import io.github.brainimaging.models.network.layer.Pool2d;
import io.github.brainimaging.models.network.layer.Relu;
import io.github.brainimaging.models.network.layer.Sigmoid;
import io.github.brainimaging.models.network.layer.Slices;
import io.github.brainimaging.models.network.layer.Softmax;
import io.github.brainimaging.models.network.layer.Upsample2d;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class InterpreterTest {

  private static final List<Layer> ONE_OF_EACH =
      List.of(
          new Add(),
          BatchNorm.withDefaults(),
          new Concat(),
          Conv2d.valid(1, 1),
          new Dense(1),
          new DistanceAttention(),
          new Dropout(0.5f),
          new Flatten(),
          new GlobalAveragePool(),
          new Lstm(1),
          Pool2d.maximum(2),
          Relu.plain(),
          new Sigmoid(),
          Slices.FROM_BATCH,
          new Softmax(),
          Upsample2d.nearest(2));

  /** Tells which method was called with which layer and inputs. */
  @SuppressWarnings("unchecked")
  private static final Interpreter<String> TELLING =
      (Interpreter<String>)
          Proxy.newProxyInstance(
              Interpreter.class.getClassLoader(),
              new Class<?>[] {Interpreter.class},
              (proxy, method, args) ->
                  method.isDefault()
                      ? InvocationHandler.invokeDefault(proxy, method, args)
                      : method.getName() + List.of(args).subList(1, args.length));

  @Test
  void everyKindOfLayerIsGivenToItsOwnMethod() {
    assertThat(ONE_OF_EACH.stream().<Class<?>>map(Layer::getClass))
        .containsExactlyInAnyOrder(Layer.class.getPermittedSubclasses());
    for (Layer layer : ONE_OF_EACH) {
      Node node = new Node("n", layer, List.of(), List.of(), List.of(), false);
      String type = layer.getClass().getSimpleName();
      String method = type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);

      String told = TELLING.run(node, List.of("first", "second"));

      assertThat(told).startsWith(method + "[" + layer + ", ").contains("first");
      boolean takesTwo = List.of("Add", "Concat", "Slices").contains(type);
      boolean isMasked = List.of("Lstm", "DistanceAttention").contains(type);
      assertThat(told.contains("second")).as(type).isEqualTo(takesTwo || isMasked);
    }
  }
}
