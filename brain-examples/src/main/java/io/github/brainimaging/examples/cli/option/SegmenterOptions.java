package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.Segmenter;
import io.github.brainimaging.core.inference.VolumeSegmenter;
import io.github.brainimaging.core.slice.SliceSegmenter;
import io.github.brainimaging.core.uncertainty.TestTimeAugmentation;
import io.github.brainimaging.examples.cli.file.VolumeInput;
import io.github.brainimaging.models.onnx.Device;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.onnx.OnnxSegmenter;
import io.github.brainimaging.models.onnx.OnnxVolumeSegmenter;
import io.github.brainimaging.segmentation.morphology.VolumeCleanUp;
import io.github.brainimaging.segmentation.tumor.FlairSegmenter;
import io.github.brainimaging.segmentation.tumor.PlausibleLesion;
import io.github.brainimaging.segmentation.tumor.TumorSegmenter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What segments. */
public final class SegmenterOptions {

  /** What is smaller is not drawn in volumes: a ball of 8 mm. */
  private static final double MINIMUM_ML = 0.3;

  /** So far beyond the brain that was found a lesion may reach. */
  private static final double MARGIN_MM = 2;

  /** The choices of {@code --method}. */
  public enum Method {
    CLASSICAL,
    PUBLISHED,
    LEARNED,
    FLAIR
  }

  /** Where what {@link FlairSegmenter} finds counts. */
  private enum TwoOpinions {
    NOWHERE,
    /** Where a tumor is known and the file says that the slice is FLAIR. */
    OF_KNOWN_TUMORS,
    /** Where the file says that the slice is FLAIR, if a third opinion is at hand. */
    WITH_A_THIRD,
    EVERYWHERE
  }

  /** A segmenter. A network is opened when it is first needed, which may be never. */
  public static final class Opened implements AutoCloseable {

    private final Segmenter segmenter;
    private final OnnxSegmenter.@Nullable Builder builder;
    private final String name;
    private final boolean embedded;
    private final boolean plausible;
    private final TwoOpinions two;
    private final FoundBrain brain = new FoundBrain();
    private @Nullable OnnxSegmenter network;
    private @Nullable OnnxVolumeSegmenter volumeNetwork;

    private Opened(OnnxVolumeSegmenter network, String name, boolean plausible) {
      this(
          image -> {
            throw new IllegalArgumentException(
                "--segmenter names a network of volumes; a single image needs one of images");
          },
          name,
          plausible);
      volumeNetwork = network;
    }

    private Opened(Segmenter classical, String name, boolean plausible) {
      this.name = name;
      segmenter = classical;
      builder = null;
      embedded = false;
      two = TwoOpinions.NOWHERE;
      this.plausible = plausible;
    }

    private Opened(
        OnnxSegmenter.Builder builder, @Nullable Path model, boolean plausible, TwoOpinions two) {
      this.builder = builder;
      this.two = two;
      String embeddedName =
          two == TwoOpinions.EVERYWHERE
              ? "the classical and the embedded segmenter"
              : "the embedded segmenter";
      name = model == null ? embeddedName : String.valueOf(model.getFileName());
      embedded = model == null;
      this.plausible = plausible;
      segmenter = new WhenNeeded(() -> open(builder));
    }

    /** The network, opened if it was not; null where the method is none. */
    public @Nullable OnnxSegmenter network() {
      return builder == null ? null : open(builder);
    }

    private synchronized OnnxSegmenter open(OnnxSegmenter.Builder how) {
      network = network == null ? how.build() : network;
      return network;
    }

    /** Whether it is the network that the library brings along. */
    public boolean embedded() {
      return embedded;
    }

    /** Whether all slices are taken for FLAIR. */
    public boolean isFlair() {
      return two == TwoOpinions.EVERYWHERE;
    }

    /** For slices, without a third opinion. */
    public Segmenter slices(boolean augmented) {
      return slices(augmented, null);
    }

    /**
     * For slices.
     *
     * @param augmented whether the mean of several looks counts, with its uncertainty
     * @param presence the third opinion on FLAIR; null if there is none
     */
    public Segmenter slices(boolean augmented, @Nullable Classifier presence) {
      Segmenter asked = looking(augmented);
      Segmenter checked = checked(asked);
      FlairSegmenter both = FlairSegmenter.of(asked);
      return switch (augmented ? TwoOpinions.NOWHERE : two) {
        case NOWHERE -> checked;
        case OF_KNOWN_TUMORS -> new BySequence(checked(both.withMinimum(0)), checked);
        case WITH_A_THIRD ->
            presence == null
                ? checked
                : new BySequence(checked(both.withPresence(presence)), checked);
        case EVERYWHERE -> checked(both);
      };
    }

    /** Whether {@link #slices(boolean, Classifier)} decides itself if an image holds a tumor. */
    public boolean decides(MedicalImage image, boolean augmented) {
      return two == TwoOpinions.WITH_A_THIRD && !augmented && BySequence.isFlair(image);
    }

    private Segmenter checked(Segmenter asked) {
      return plausible ? PlausibleLesion.withDefaults().after(asked) : asked;
    }

    /**
     * For volumes: as a whole if the network is one of volumes, else slice by slice.
     *
     * @param augmented whether what most of several looks find counts, with its uncertainty
     * @param cases what goes along with inputs
     * @param input which volume it is
     */
    public VolumeSegmenter volumes(
        boolean augmented, SequencesOption.Cases cases, VolumeInput input) {
      VolumeSegmenter usual = volumeNetwork != null ? volumeNetwork : slicewise(augmented);
      VolumeSegmenter found = cases.of(input, volumeNetwork, usual);
      return plausible ? PlausibleLesion.withDefaults().after(found) : found;
    }

    /**
     * What the network says of each voxel, before anything is cleaned up or left out; of a method
     * that is no network, 1 within what it finds and 0 outside.
     *
     * @param augmented whether it is the mean of several looks; not of networks of volumes
     */
    public MedicalVolume probabilities(MedicalVolume volume, boolean augmented) {
      return volumeNetwork != null
          ? volumeNetwork.probabilities(List.of(volume))
          : SliceSegmenter.of(looking(augmented)).probabilities(volume);
    }

    /** The same of an image. */
    public MedicalImage probabilities(MedicalImage image, boolean augmented) {
      return looking(augmented).probabilities(image);
    }

    private Segmenter looking(boolean augmented) {
      return augmented ? TestTimeAugmentation.withDefaults().around(segmenter) : segmenter;
    }

    /** The sequences that a network of volumes takes; empty if it is none. */
    public List<String> sequences() {
      return volumeNetwork == null ? List.of() : volumeNetwork.card().sequences();
    }

    /** Refuses what does not go together, before anything is analyzed. */
    public void check(CommandSpec spec, boolean severalLooks, boolean anyVolume) {
      if (severalLooks && anyVolume && volumeNetwork != null) {
        throw new ParameterException(
            spec.commandLine(),
            "--uncertainty asks networks of slices, and --segmenter names one of volumes: " + name);
      }
      if (isFlair() && (severalLooks || anyVolume)) {
        throw new ParameterException(
            spec.commandLine(),
            "--method flair is for slices and without --uncertainty"
                + (anyVolume ? ", found a volume" : ""));
      }
    }

    private VolumeSegmenter slicewise(boolean augmented) {
      VolumeCleanUp usual = VolumeCleanUp.withDefaults();
      VolumeCleanUp cleanUp =
          plausible && embedded
              ? usual.withMinimumVolume(MINIMUM_ML).withMinimumSlices(2).within(brain, MARGIN_MM)
              : usual;
      Function<Segmenter, VolumeSegmenter> clean =
          slices -> cleanUp.after(SliceSegmenter.of(slices));
      return augmented
          ? cleanUp.after(TestTimeAugmentation.withDefaults().around(segmenter, clean))
          : clean.apply(segmenter);
    }

    /** What finds the brain of volumes. */
    public FoundBrain brain() {
      return brain;
    }

    /** What a report calls it. */
    public String name() {
      return name;
    }

    /** What a DICOM segmentation calls it. */
    public String algorithm() {
      if (volumeNetwork != null) {
        return "OnnxVolumeSegmenter";
      }
      return builder == null ? "TumorSegmenter" : "OnnxSegmenter";
    }

    @Override
    public synchronized void close() {
      brain.close();
      if (network != null) {
        network.close();
      }
      if (volumeNetwork != null) {
        volumeNetwork.close();
      }
    }
  }

  @Option(
      names = "--method",
      paramLabel = "classical|published|learned|flair",
      description =
          "The library's classical segmenter; published: median, skull stripping and Otsu as in Int."
              + " J. Circuits, Systems and Signal Processing 14, 2020, 129, which always finds"
              + " something; or a network, made for contrast-enhanced T1 unless"
              + " --segmenter names another; flair, for FLAIR slices of patients with a tumor: what"
              + " classical or the network finds (default: learned; where a file says FLAIR,"
              + " what both find: in analyze if there is a tumor, in segment if with the second"
              + " opinion they are sure enough).")
  private @Nullable Method method;

  @Option(
      names = "--segmenter",
      paramLabel = "FILE.onnx|DIR",
      description =
          "A segmentation network of slices or of volumes with its card FILE.json beside it or inside;"
              + " one of volumes also with the files of nnU-Net (plans.json, dataset.json), MONAI"
              + " (metadata.json, inference.json) or Raidionics (pre_processing.ini) beside it, or the"
              + " folder of these (default of --method learned: the embedded one).")
  private @Nullable Path model;

  @Option(
      names = "--flip-averaging",
      description = "Learned: segment each image mirrored as well and average, at twice the time.")
  private boolean flipAveraging;

  @Option(
      names = "--minimum-score",
      converter = Numbers.Share.class,
      paramLabel = "SCORE",
      description =
          "Classical method: how probable it must be, 0 to 1, that a region is the tumor for it to"
              + " be reported; with 0 the best region always is (default of segment: 0.22, of"
              + " analyze, where the class says that there is one: 0).")
  private @Nullable Double minimumScore;

  @Option(
      names = "--plausible",
      negatable = true,
      description =
          "Leave out what cannot be a lesion: skin and skull, specks, a quarter of the head or"
              + " more, many scattered pieces; of the embedded network in volumes also what is outside"
              + " the brain, below 0.3 ml or on one slice only (default: yes for classical and the embedded network,"
              + " no for published and --segmenter).")
  private @Nullable Boolean plausible;

  /**
   * The method that was asked for.
   *
   * @throws ParameterException if the options do not go together
   */
  public Method method(CommandSpec spec) {
    Method chosen = method != null ? method : Method.LEARNED;
    if (model != null && chosen != Method.LEARNED) {
      throw new ParameterException(
          spec.commandLine(), "--segmenter goes with --method learned only");
    }
    if (minimumScore != null && method == null && model == null) {
      chosen = Method.CLASSICAL; // what else could it be the score of
    }
    if (minimumScore != null && chosen != Method.CLASSICAL) {
      throw new ParameterException(
          spec.commandLine(), "--minimum-score goes with --method classical only");
    }
    return chosen;
  }

  /** Whether what segments is a network; also of FLAIR, where it is asked as well. */
  public boolean isNetwork(CommandSpec spec) {
    Method chosen = method(spec);
    return chosen == Method.LEARNED || chosen == Method.FLAIR;
  }

  /**
   * Opens what was asked for. What is wrong with a file that was named shows here.
   *
   * @param certain whether it is known that there is a tumor
   * @param threads that share the work of one run of a network
   * @throws ParameterException if the options do not go together
   */
  public Opened open(CommandSpec spec, boolean certain, Device device, int threads) {
    return switch (method(spec)) {
      case PUBLISHED ->
          new Opened(TumorSegmenter.published(), "the published chain", checks(false));
      case CLASSICAL -> new Opened(classical(certain), "the classical segmenter", checks(true));
      case LEARNED ->
          learned(
              device,
              threads,
              method != null || model != null
                  ? TwoOpinions.NOWHERE
                  : certain ? TwoOpinions.OF_KNOWN_TUMORS : TwoOpinions.WITH_A_THIRD);
      case FLAIR -> learned(device, threads, TwoOpinions.EVERYWHERE);
    };
  }

  private Opened learned(Device device, int threads, TwoOpinions two) {
    if (model != null && SegmenterFile.isOfVolumes(model)) {
      OnnxVolumeSegmenter.Builder builder = SegmenterFile.ofVolumes(model);
      if (flipAveraging) {
        builder.mirror("xyz");
      }
      return new Opened(
          builder.device(device).threads(threads).build(),
          String.valueOf(model.getFileName()),
          checks(false));
    }
    Opened opened =
        new Opened(
            OnnxSegmenter.builder()
                .model(model == null ? ModelSource.embeddedSegmenter() : ModelSource.ofPath(model))
                .device(device)
                .threads(threads)
                .flipAveraging(flipAveraging),
            model,
            checks(model == null),
            two);
    if (model != null && !SegmenterFile.looksSound(model)) {
      @Nullable OnnxSegmenter unused =
          opened.network(); // says what is wrong before anything is analyzed
    }
    return opened;
  }

  private boolean checks(boolean usual) {
    return plausible == null ? usual : plausible;
  }

  private TumorSegmenter classical(boolean certain) {
    if (minimumScore == null) {
      return certain ? TumorSegmenter.ofMinimumScore(0) : TumorSegmenter.withDefaults();
    }
    return TumorSegmenter.ofMinimumScore(minimumScore);
  }
}
