package io.github.brainimaging.models.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages ONNX models: bytes, and field by field what the file says. */
final class MutatedModels {

  private static final long[] NUMBERS = {
    0,
    1,
    2,
    3,
    4,
    7,
    9,
    16,
    -1,
    -2,
    1 << 16,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 32,
    1L << 40,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private static final float[] REALS = {0, -1, 0.5f, 1e30f, Float.NaN, Float.POSITIVE_INFINITY};

  private static final List<String> TEXTS =
      List.of(
          "", "x", "y", "../secret", "/etc/passwd", "nearest", "Add", "Conv", "Reshape", "Gather");

  /** A field of a message within a model. */
  private record Site(Message.Builder owner, FieldDescriptor field) {}

  private MutatedModels() {}

  static byte[] mutate(byte[] model, Random random) throws InvalidProtocolBufferException {
    return switch (random.nextInt(8)) {
      case 0 -> flipped(model, random);
      case 1 -> Arrays.copyOf(model, random.nextInt(model.length));
      default -> edited(model, random);
    };
  }

  private static byte[] flipped(byte[] model, Random random) {
    byte[] bytes = model.clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  private static byte[] edited(byte[] model, Random random) throws InvalidProtocolBufferException {
    ModelProto.Builder edited = ModelProto.parseFrom(model).toBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      List<Site> sites = new ArrayList<>();
      collect(edited.getGraphBuilder(), sites);
      Site site = sites.get(random.nextInt(sites.size()));
      if (random.nextInt(4) == 0) { // one that may not be set yet
        List<FieldDescriptor> all = site.owner.getDescriptorForType().getFields();
        site = new Site(site.owner, all.get(random.nextInt(all.size())));
      }
      edit(site, sites, random);
    }
    return edited.build().toByteArray();
  }

  private static void collect(Message.Builder message, List<Site> sites) {
    for (FieldDescriptor field : List.copyOf(message.getAllFields().keySet())) {
      sites.add(new Site(message, field));
      if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        if (field.isRepeated()) {
          for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
            collect(message.getRepeatedFieldBuilder(field, i), sites);
          }
        } else {
          collect(message.getFieldBuilder(field), sites);
        }
      }
    }
  }

  private static void edit(Site site, List<Site> sites, Random random) {
    Message.Builder owner = site.owner;
    FieldDescriptor field = site.field;
    boolean isMessage = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
    if (!field.isRepeated()) {
      if (isMessage || random.nextInt(8) == 0) {
        owner.clearField(field);
      } else {
        owner.setField(field, value(field, owner.getField(field), sites, random));
      }
      return;
    }
    List<Object> values = new ArrayList<>((List<?>) owner.getField(field));
    int at = values.isEmpty() ? 0 : random.nextInt(values.size());
    switch (values.isEmpty() ? 3 : random.nextInt(isMessage ? 3 : 5)) {
      case 0 -> values.remove(at);
      case 1 -> values.add(at, values.get(random.nextInt(values.size())));
      case 2 -> values.add(values.remove(at));
      default -> {
        if (isMessage) {
          return;
        }
        Object old = values.isEmpty() ? "" : values.remove(at);
        values.add(at, value(field, old, sites, random));
      }
    }
    owner.setField(field, values);
  }

  private static Object value(FieldDescriptor field, Object old, List<Site> sites, Random random) {
    long number =
        random.nextInt(3) == 0 && old instanceof Number n
            ? n.longValue() + random.nextInt(5) - 2
            : NUMBERS[random.nextInt(NUMBERS.length)];
    return switch (field.getJavaType()) {
      case INT -> (int) number;
      case LONG -> number;
      case FLOAT -> REALS[random.nextInt(REALS.length)];
      case DOUBLE -> (double) REALS[random.nextInt(REALS.length)];
      case BOOLEAN -> random.nextBoolean();
      case STRING -> text(sites, random);
      case BYTE_STRING -> bytes(old instanceof ByteString b ? b : ByteString.EMPTY, random);
      case ENUM -> {
        EnumDescriptor type = field.getEnumType();
        yield type.getValues().get(random.nextInt(type.getValues().size()));
      }
      case MESSAGE -> throw new IllegalArgumentException("field must hold a value, got " + field);
    };
  }

  /** A text that the model holds elsewhere: another operator, another value. */
  private static String text(List<Site> sites, Random random) {
    Site site = sites.get(random.nextInt(sites.size()));
    Object other = site.owner.getField(site.field);
    if (other instanceof List<?> list && !list.isEmpty()) {
      other = list.get(random.nextInt(list.size()));
    }
    return other instanceof String text ? text : TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private static ByteString bytes(ByteString old, Random random) {
    if (old.isEmpty() || random.nextInt(3) == 0) {
      byte[] more = new byte[random.nextInt(9)];
      random.nextBytes(more);
      return old.concat(ByteString.copyFrom(more));
    }
    byte[] bytes = old.toByteArray();
    if (random.nextBoolean()) {
      return ByteString.copyFrom(bytes, 0, random.nextInt(bytes.length));
    }
    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
    return ByteString.copyFrom(bytes);
  }
}
