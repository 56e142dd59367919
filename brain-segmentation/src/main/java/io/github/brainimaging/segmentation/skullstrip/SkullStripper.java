package io.github.brainimaging.segmentation.skullstrip;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.transform.Transform;
import io.github.brainimaging.segmentation.components.ConnectedComponents;
import io.github.brainimaging.segmentation.components.Connectivity;
import io.github.brainimaging.segmentation.internal.DistanceMap;
import io.github.brainimaging.segmentation.internal.FiniteImage;
import io.github.brainimaging.segmentation.internal.OrderStatistic;
import io.github.brainimaging.segmentation.internal.PixelShape;
import io.github.brainimaging.segmentation.internal.Window;
import io.github.brainimaging.segmentation.morphology.Morphology;
import io.github.brainimaging.segmentation.threshold.OtsuThreshold;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the brain in a slice of a head by threshold and morphology, as P1 names it. The steps:
 *
 * <ol>
 *   <li>the head is the largest part above a threshold derived from Otsu's two classes, without
 *       holes;
 *   <li>the gray value of brain tissue is the median in the middle of the head; tissue is what is
 *       at least half as bright, without the bright fat of the scalp near the rim;
 *   <li>erosion parts the brain from the skin; of the parts, those deep in the head stay, so that
 *       two hemispheres or the lobes beside the skull base are kept together;
 *   <li>dilation, closing and filling give the brain back its shape.
 * </ol>
 *
 * <p>All lengths are parts of the head's diameter and all gray values parts of the distance between
 * background and tissue, so neither the size of the image nor the scale and offset of its values
 * matter. Where the spacing is known, disks are round in millimetres even if pixels are not square.
 * The background need not be zero, the head may touch the border, and constant padding (with the
 * image's smallest value) changes nothing. An image that is stripped already stays nearly as it is.
 *
 * <p>Made for MRI in which the brain is brighter than the bone around it: T1, T1 with contrast
 * agent, FLAIR, T2. Noise should be filtered before, with {@code MedianFilter.ofRadius(1)}. A
 * constant image, or one without a finite sample, has an empty head and brain; samples that are not
 * finite are taken as the smallest one.
 *
 * <p>As a transform it sets everything outside the brain to the image's smallest value.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class SkullStripper implements Transform {

  private static final SkullStripper DEFAULTS = new SkullStripper(0.5, 0.017, 0.06);

  /** Where the head begins, between the background (0) and the brighter of Otsu's classes (1). */
  private static final double HEAD_LEVEL = 0.35;

  private static final double HEAD_CLOSING = 0.012;

  /** Depth at which only brain is expected, and how bright and near the rim the scalp's fat is. */
  private static final double CORE_DEPTH = 0.22;

  private static final double FAT_LEVEL = 1.6;
  private static final double FAT_DEPTH = 0.085;

  /** A part stays if the squared depths of its pixels add up to this part of the best one's. */
  private static final double SMALLEST_PART = 0.06;

  /** Fewer pixels across cannot show a brain and a skull. */
  private static final double SMALLEST_DIAMETER = 8;

  private static final int SMALLEST_CORE = 20;

  private final double tissueFraction;
  private final double openingFraction;
  private final double closingFraction;

  private SkullStripper(double tissueFraction, double openingFraction, double closingFraction) {
    this.tissueFraction = tissueFraction;
    this.openingFraction = openingFraction;
    this.closingFraction = closingFraction;
  }

  /**
   * The defaults, tuned on 25 patients of the LGG FLAIR slices of P2.
   *
   * @return tissue fraction 0.5, opening fraction 0.017, closing fraction 0.06
   */
  public static SkullStripper withDefaults() {
    return DEFAULTS;
  }

  /**
   * How bright tissue is at least.
   *
   * @param fraction 0 is the background, 1 the typical brain; above 0, below 1, default 0.5
   * @return a new stripper
   * @throws IllegalArgumentException if the fraction is outside this range
   */
  public SkullStripper withTissueFraction(double fraction) {
    return new SkullStripper(requireFraction(fraction), openingFraction, closingFraction);
  }

  /**
   * How thick bridges between brain and skin are that are cut, as half their thickness.
   *
   * @param fraction part of the head's diameter; above 0, below 1, default 0.017, which is 3 mm of
   *     a head of 180 mm
   * @return a new stripper
   * @throws IllegalArgumentException if the fraction is outside this range
   */
  public SkullStripper withOpeningFraction(double fraction) {
    return new SkullStripper(tissueFraction, requireFraction(fraction), closingFraction);
  }

  /**
   * How wide the furrows are that are counted to the brain, as half their width.
   *
   * @param fraction part of the head's diameter; above 0, below 1, default 0.06
   * @return a new stripper
   * @throws IllegalArgumentException if the fraction is outside this range
   */
  public SkullStripper withClosingFraction(double fraction) {
    return new SkullStripper(tissueFraction, openingFraction, requireFraction(fraction));
  }

  private static double requireFraction(double fraction) {
    Arguments.require(
        fraction > 0 && fraction < 1, "fraction must be between 0 and 1, got %s", fraction);
    return fraction;
  }

  /**
   * Sets everything outside the brain to the smallest finite sample.
   *
   * @param image one channel
   * @return the stripped image
   * @throws IllegalArgumentException if the image has several channels
   */
  @Override
  public MedicalImage apply(MedicalImage image) {
    boolean[] brain = extract(image).brain().toArray();
    float[] samples = image.samples();
    float smallest = image.range()[0];
    for (int i = 0; i < samples.length; i++) {
      if (!brain[i]) {
        samples[i] = smallest;
      }
    }
    return image.withSamples(samples);
  }

  /**
   * Finds the head and the brain.
   *
   * @param image one channel
   * @return the masks, on the image's grid
   * @throws IllegalArgumentException if the image has several channels
   */
  public BrainExtraction extract(MedicalImage image) {
    Arguments.require(image.channels() == 1, "image must have 1 channel, got %s", image.channels());
    MedicalImage finite = FiniteImage.of(image);
    return contentOf(finite)
        .map(
            window -> {
              BrainExtraction inner = new Extraction(window.crop(finite)).run();
              return new BrainExtraction(
                  window.restore(inner.head()),
                  window.restore(inner.brain()),
                  inner.diameterPixels(),
                  inner.backgroundLevel(),
                  inner.tissueLevel());
            })
        .orElseGet(
            () -> {
              Mask none = Mask.empty(image.width(), image.height());
              return new BrainExtraction(none, none, 0, 0, 0);
            });
  }

  /**
   * The smallest rectangle outside of which all samples are the smallest one: working inside it
   * makes the result independent of padding. Empty for a constant image.
   */
  private static Optional<Window> contentOf(MedicalImage image) {
    return Mask.above(image, image.range()[0])
        .boundingBox()
        .map(box -> new Window(image.width(), image.height(), box));
  }

  /** One run: the fields are what the steps know of the picture. */
  private final class Extraction {

    private final MedicalImage image;
    private final float[] gray;
    private final Spacing pixel;

    Extraction(MedicalImage content) {
      gray = content.samples();
      clip(gray);
      image = content.withSamples(gray);
      pixel = PixelShape.of(content.spacing());
    }

    BrainExtraction run() {
      float[] otsu = OtsuThreshold.twoClass().find(image).values();
      if (otsu.length == 0) {
        Mask none = Mask.empty(image.width(), image.height());
        return new BrainExtraction(none, none, 0, gray[0], gray[0]);
      }
      float background = median(Float.NEGATIVE_INFINITY, otsu[0], null);
      float foreground = median(otsu[0], Float.POSITIVE_INFINITY, null);
      float headLevel = (float) (background + HEAD_LEVEL * (foreground - background));
      Mask bright = Morphology.largestComponent(Mask.above(image, headLevel));
      Mask closed = disk(HEAD_CLOSING * diameter(bright)).close(bright);
      Mask head = Morphology.fillHoles(Morphology.largestComponent(closed));
      double diameter = diameter(head);
      if (diameter < SMALLEST_DIAMETER) {
        return new BrainExtraction(head, head, diameter, background, headLevel);
      }
      float[] depth = DistanceMap.of(head, pixel);
      float typical = typicalTissue(depth, diameter, headLevel, foreground);
      float tissueLevel = (float) (background + tissueFraction * (typical - background));
      float fatLevel = (float) (background + FAT_LEVEL * (typical - background));
      Mask tissue = tissue(head, depth, tissueLevel, fatLevel, FAT_DEPTH * diameter);
      Mask brain = brain(head, tissue, depth, diameter);
      return new BrainExtraction(head, brain, diameter, background, tissueLevel);
    }

    /** The median gray value deep in the head. */
    private float typicalTissue(float[] depth, double diameter, float level, float otherwise) {
      boolean[] core = deeper(depth, CORE_DEPTH * diameter);
      if (count(core) < SMALLEST_CORE) {
        float deepest = 0;
        for (float d : depth) {
          deepest = Math.max(deepest, d);
        }
        core = deeper(depth, 0.5 * deepest);
      }
      float median = median(level, Float.POSITIVE_INFINITY, core);
      return Float.isNaN(median) ? otherwise : median;
    }

    private Mask tissue(
        Mask head, float[] depth, float tissueLevel, float fatLevel, double fatDepth) {
      boolean[] tissue = head.toArray();
      for (int i = 0; i < tissue.length; i++) {
        boolean fat = gray[i] > fatLevel && depth[i] < fatDepth;
        tissue[i] &= gray[i] > tissueLevel && !fat;
      }
      return Mask.wrap(head.width(), head.height(), tissue);
    }

    private Mask brain(Mask head, Mask tissue, float[] depth, double diameter) {
      Morphology opening = disk(openingFraction * diameter);
      Mask seeds = deepParts(opening.erode(tissue), depth);
      Mask opened = and(opening.dilate(seeds), tissue);
      Mask closed = disk(closingFraction * diameter).close(opened);
      return Morphology.fillHoles(and(closed, head));
    }

    private Mask deepParts(Mask seeds, float[] depth) {
      ConnectedComponents parts = ConnectedComponents.of(seeds, Connectivity.FOUR);
      int[] labels = parts.labels();
      double[] weight = new double[parts.count() + 1];
      for (int i = 0; i < labels.length; i++) {
        weight[labels[i]] += (double) depth[i] * depth[i];
      }
      weight[0] = 0;
      double best = 0;
      for (double w : weight) {
        best = Math.max(best, w);
      }
      double least = SMALLEST_PART * best;
      return parts.keep(label -> weight[label] >= least);
    }

    /** The median of the samples above one value and up to another; NaN if there are none. */
    private float median(float above, float upTo, boolean @Nullable [] inside) {
      float[] chosen = new float[gray.length];
      int n = 0;
      for (int i = 0; i < gray.length; i++) {
        if (gray[i] > above && gray[i] <= upTo && (inside == null || inside[i])) {
          chosen[n++] = gray[i];
        }
      }
      return n == 0 ? Float.NaN : OrderStatistic.of(chosen, n, 0.5);
    }

    private Morphology disk(double radius) {
      return Morphology.ofDiskMm(radius, pixel);
    }
  }

  /** Clips to the 1st and 99th percentile: neither a hot pixel nor a black one sets the scale. */
  private static void clip(float[] gray) {
    float low = OrderStatistic.of(gray, gray.length, 0.01);
    float high = OrderStatistic.of(gray, gray.length, 0.99);
    for (int i = 0; i < gray.length; i++) {
      gray[i] = Math.min(Math.max(gray[i], low), high);
    }
  }

  private static double diameter(Mask mask) {
    return Math.sqrt(4 * mask.count() / Math.PI);
  }

  private static boolean[] deeper(float[] depth, double least) {
    boolean[] deep = new boolean[depth.length];
    for (int i = 0; i < deep.length; i++) {
      deep[i] = depth[i] > least;
    }
    return deep;
  }

  private static int count(boolean[] inside) {
    int n = 0;
    for (boolean b : inside) {
      n += b ? 1 : 0;
    }
    return n;
  }

  private static Mask and(Mask a, Mask b) {
    boolean[] both = a.toArray();
    boolean[] second = b.toArray();
    for (int i = 0; i < both.length; i++) {
      both[i] &= second[i];
    }
    return Mask.wrap(a.width(), a.height(), both);
  }
}
