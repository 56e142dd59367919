package io.github.brainimaging.models.onnx;

import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.internal.Sha256;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.VolumeCard;
import io.github.brainimaging.models.network.format.OnnxBackbone;
import io.github.brainimaging.models.onnx.internal.EngineSession;
import io.github.brainimaging.models.onnx.internal.ModelContent;
import io.github.brainimaging.models.onnx.internal.SessionSettings;
import io.github.brainimaging.models.onnx.internal.graph.EngineFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where an ONNX model comes from: a file, a class-path resource, bytes, a stream, or the model that
 * this library brings along. Beside a file or resource {@code model.onnx} its {@link ModelCard} may
 * lie as {@code model.json}.
 *
 * <p>A file or resource is read once at each load: what is compared with the card's SHA-256 and
 * held against itself is what the engine gets; the sum of a resource is taken once. While it is
 * loaded, a file's content lies outside the Java heap ({@code -XX:MaxDirectMemorySize}). A file may
 * refer to weights in other files beside it, which that SHA-256 does not cover (the log then says
 * so).
 *
 * <p>Immutable and safe to share between threads; can be loaded any number of times.
 *
 * @since 0.1.0
 */
public final class ModelSource {

  private static final Logger logger = LoggerFactory.getLogger(ModelSource.class);

  private static final String SUFFIX = ".onnx";
  private static final ModelSource EMBEDDED = ofResource(ModelSource.class, "embedded.onnx");
  private static final ModelSource EMBEDDED_SEGMENTER =
      ofResource(ModelSource.class, "embedded-segmenter.onnx");

  /** Opens a stream; null if there is nothing to open. */
  private interface Content {
    @Nullable InputStream open() throws IOException;
  }

  private final String name;
  private final @Nullable Path file;
  private final Content model;
  private final Content card;
  private final @Nullable Duration trial;

  /** Known once it was asked for, of what cannot change; a file may be replaced at any time. */
  private volatile @Nullable String digits;

  private ModelSource(String name, @Nullable Path file, Content model, Content card) {
    this(name, file, model, card, null);
  }

  private ModelSource(
      String name, @Nullable Path file, Content model, Content card, @Nullable Duration trial) {
    this.name = Objects.requireNonNull(name, "name");
    this.file = file;
    this.model = model;
    this.card = card;
    this.trial = trial;
  }

  /**
   * The same model, which is first loaded and run once on blank input in a JVM of its own, at each
   * load, on the CPU: for models from strangers. Where that JVM crashes, does not end in time, or
   * refuses the model, loading it throws a {@link ModelException}, and this process goes on. No
   * fence against code that means harm: the other JVM runs as the same user. It has the class path
   * of this one, which must hold the library as files (not as jars within a jar).
   *
   * @param limit how long the other JVM may take, start included; a second is usual for a small
   *     model
   * @return a new source
   * @throws IllegalArgumentException if the limit is not positive
   */
  public ModelSource triedApart(Duration limit) {
    Arguments.require(
        !limit.isNegative() && !limit.isZero(), "limit must be positive, got %s", limit);
    return new ModelSource(name, file, model, card, limit);
  }

  /**
   * A file.
   *
   * @param file the ONNX file; looked for when it is loaded
   * @return the source
   */
  public static ModelSource ofPath(Path file) {
    Path cardFile = file.resolveSibling(cardName(String.valueOf(file.getFileName())));
    return new ModelSource(
        file.toString(),
        file,
        () -> Files.isRegularFile(file) ? Files.newInputStream(file) : null,
        () -> Files.isRegularFile(cardFile) ? Files.newInputStream(cardFile) : null);
  }

  /**
   * A resource of the class path.
   *
   * @param owner the class whose loader and package the name is looked up with, as {@link
   *     Class#getResource} does
   * @param resource name of the ONNX file: relative to the owner's package, or absolute with a
   *     leading slash
   * @return the source
   */
  public static ModelSource ofResource(Class<?> owner, String resource) {
    String cardResource = cardName(resource);
    return new ModelSource(
        "resource " + resource,
        null,
        () -> owner.getResourceAsStream(resource),
        () -> owner.getResourceAsStream(cardResource));
  }

  /**
   * The content of an ONNX file.
   *
   * @param model the content; copied
   * @param name how messages call the model
   * @return the source
   */
  public static ModelSource ofBytes(byte[] model, String name) {
    return wrap(model.clone(), name);
  }

  /**
   * A stream with the content of an ONNX file.
   *
   * @param model the stream, read to its end here and now; closed by the caller
   * @param name how messages call the model
   * @return the source
   * @throws IOException if reading fails
   */
  public static ModelSource ofStream(InputStream model, String name) throws IOException {
    return wrap(model.readAllBytes(), name);
  }

  private static ModelSource wrap(byte[] model, String name) {
    return new ModelSource(name, null, () -> new ByteArrayInputStream(model), () -> null);
  }

  /**
   * The model that this library brings along: glioma, meningioma, no tumor or pituitary tumor in
   * one slice of a head MRI. What it was trained on and how well it does is in its card.
   *
   * @return the source
   */
  public static ModelSource embedded() {
    return EMBEDDED;
  }

  /**
   * The segmentation model that this library brings along: the tumor in one slice of a head MRI,
   * best a contrast-enhanced T1. What it was trained on and how well it does is in its card.
   *
   * @return the source
   */
  public static ModelSource embeddedSegmenter() {
    return EMBEDDED_SEGMENTER;
  }

  private static String cardName(String model) {
    return (model.endsWith(SUFFIX) ? model.substring(0, model.length() - SUFFIX.length()) : model)
        + ".json";
  }

  /** How messages call the model. */
  @Override
  public String toString() {
    return name;
  }

  /** What the model is called where nothing names it: its file, without the ending. */
  String shortName() {
    String last = name.substring(name.replace('\\', '/').lastIndexOf('/') + 1);
    String bare = last.endsWith(SUFFIX) ? last.substring(0, last.length() - SUFFIX.length()) : last;
    return bare.isBlank() ? "unnamed" : bare;
  }

  /** The file that a card would be read from; empty of what is no file. */
  Optional<String> cardFile() {
    return Optional.ofNullable(file).map(path -> cardName(path.toString()));
  }

  /** The text of the card that lies beside the model. */
  Optional<String> cardText() {
    try (InputStream in = card.open()) {
      return in == null
          ? Optional.empty()
          : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new ModelException("the card of model " + name + " cannot be read: " + e, e);
    }
  }

  /** Another model in the same folder. */
  ModelSource sibling(String fileName) {
    if (file == null) {
      throw new ModelException(
          "model " + name + " must be a file, so that " + fileName + " can lie beside it");
    }
    ModelSource other = ofPath(file.resolveSibling(fileName));
    return trial == null ? other : other.triedApart(trial);
  }

  /** What of the model comes before the end of a layer, without its card. */
  ModelSource cutAt(String layer) {
    byte[] cut = OnnxBackbone.cutAt(toBytes(), layer).toBytes();
    ModelSource other = wrap(cut, name + " cut at " + layer);
    return trial == null ? other : other.triedApart(trial);
  }

  /** The card made from what another program keeps beside the file. */
  Optional<VolumeCard> foreignCard() {
    return file == null ? Optional.empty() : VolumeCard.beside(file);
  }

  /**
   * The SHA-256 of the model, which a card beside it names.
   *
   * @return 64 hexadecimal digits in lower case
   * @throws ModelException if the model does not exist or cannot be read
   */
  public String sha256() {
    String known = digits;
    if (known != null) {
      return known;
    }
    try (InputStream in = openModel()) {
      String found = new Sha256().add(in).digits();
      digits = file == null ? found : null;
      return found;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * The content of the model, to take its weights ({@code WeightFiles.readOnnx}) or to cut it.
   *
   * @return the bytes of the .onnx file
   * @throws ModelException if the model does not exist or cannot be read
   */
  public byte[] toBytes() {
    try (InputStream in = openModel()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * Loads the model. What is compared with the expected sum is what the engine gets, in one
   * reading.
   *
   * @param expected the SHA-256 that it must have; empty for any
   * @throws EngineFailure if the engine refuses it
   * @throws ModelException if there is nothing to load, or another model
   */
  EngineSession open(SessionSettings settings, String expected) throws EngineFailure {
    try (InputStream in = openModel()) {
      ModelContent content =
          file != null ? ModelContent.of(file) : ModelContent.of(in.readAllBytes());
      requireContent(content.bytes().hasRemaining());
      if (!expected.isEmpty()) {
        String known = digits;
        String sum = known != null ? known : content.sha256();
        digits = file == null ? sum : null;
        verify(sum, expected);
      }
      if (trial != null) {
        ModelTrial.run(content, settings.optimization(), trial);
      }
      EngineSession session = EngineSession.open(content, settings);
      if (!expected.isEmpty() && !session.weightFiles().isEmpty()) {
        logger.warn(
            "model {}: weights of it lie in {}, which its SHA-256 does not cover",
            name,
            session.weightFiles());
      }
      return session;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private void verify(String actual, String expected) {
    if (!actual.equals(expected)) {
      throw new ModelException(
          String.format(
              "model %s is not the one that its card describes: its SHA-256 is %s, expected %s",
              name, actual, expected));
    }
  }

  /** What to tell of a model that the engine refuses: often it is a web page or a Git LFS stub. */
  ModelException refused(EngineFailure failure) {
    String hint = "";
    try (InputStream in = openModel()) {
      String start = new String(in.readNBytes(40), StandardCharsets.ISO_8859_1).strip();
      if (start.chars().allMatch(c -> (c >= ' ' && c < 127) || Character.isWhitespace(c))) {
        hint = " (it is text and starts with \"" + start.lines().findFirst().orElse("") + "\")";
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    return new ModelException(
        "model " + name + " cannot be loaded" + hint + ": " + failure.getMessage(), failure);
  }

  private void requireContent(boolean condition) {
    if (!condition) {
      throw new ModelException("model " + name + " is empty");
    }
  }

  private InputStream openModel() throws IOException {
    InputStream in = model.open();
    if (in == null) {
      throw new ModelException("model " + name + " does not exist or is no file");
    }
    return in;
  }

  private ModelException unreadable(IOException cause) {
    return new ModelException("model " + name + " cannot be read: " + cause, cause);
  }
}
