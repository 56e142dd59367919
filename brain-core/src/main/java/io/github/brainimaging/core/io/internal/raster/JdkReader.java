package io.github.brainimaging.core.io.internal.raster;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * One of the JDK's own image readers, whatever other plug-ins the host has registered. Nothing
 * global is changed.
 */
final class JdkReader {

  private final ImageReaderSpi provider;

  private JdkReader(ImageReaderSpi provider) {
    this.provider = provider;
  }

  /** A decoded image and what the reader complained about. */
  record Decoded(BufferedImage image, List<String> warnings) {}

  /**
   * Finds the reader of a format.
   *
   * @param format ImageIO's name of the format, such as png
   * @throws IOException if the host has removed it from ImageIO's registry
   */
  static JdkReader of(String format) throws IOException {
    Iterator<ImageReaderSpi> providers =
        IIORegistry.getDefaultInstance()
            .getServiceProviders(
                ImageReaderSpi.class,
                provider ->
                    provider.getClass().getModule() == ImageIO.class.getModule()
                        && List.of(((ImageReaderSpi) provider).getFormatNames()).contains(format),
                false);
    if (!providers.hasNext()) {
      throw new IOException("the JDK's own " + format + " reader is missing from ImageIO");
    }
    return new JdkReader(providers.next());
  }

  /** Decodes the first image of a file. */
  Decoded read(byte[] file) throws IOException {
    Warnings warnings = new Warnings();
    ImageReader reader = provider.createReaderInstance();
    try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.addIIOReadWarningListener(warnings);
      reader.setInput(input, true, true);
      return new Decoded(reader.read(0), warnings.messages);
    } finally {
      reader.dispose();
    }
  }

  private static final class Warnings implements IIOReadWarningListener {
    private final List<String> messages = new ArrayList<>();

    @Override
    public void warningOccurred(ImageReader source, @Nullable String warning) {
      messages.add(String.valueOf(warning));
    }
  }
}
