package io.github.brainimaging.models.card;

import io.github.brainimaging.core.geometry.Resample;
import io.github.brainimaging.core.image.Orientation;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.internal.Arguments;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What one must know to use a three-dimensional network: how sequences become its input, what its
 * outputs mean, how a volume is covered with patches.
 *
 * <p>Written as a JSON object beside the model ({@code net.json} for {@code net.onnx}) or as the
 * text of its metadata key {@value ModelCard#METADATA_KEY}:
 *
 * <pre>{@code
 * {"task": "VOLUME_SEGMENTATION", "name": "my network",
 *  "sequences": ["t1", "t1ce", "t2", "flair"],
 *  "patch": [128, 128, 128], "spacing": [1, 1, 1], "orientation": "RAS", "cropToNonZero": true,
 *  "interpolation": "CUBIC", "normalization": [{"kind": "Z_SCORE_NONZERO"}],
 *  "activation": "LOGITS", "labels": ["background", "core", "edema"], "tumorLabels": ["core"],
 *  "threshold": 0.5, "overlap": 0.5, "mirror": "xyz", "convention": "NNUNET", "axes": "xyz",
 *  "gaussian": true, "interpolationBack": "LINEAR",
 *  "within": {"model": "coarse.onnx", "margin": 0.1}, "onePiece": false, "neighbors": 0,
 *  "sha256": "..."}
 * }</pre>
 *
 * <p>Required are task, name, sequences, patch, normalization (one for all sequences or one for
 * each), activation, labels and tumorLabels. What is done to a volume and in which order is told by
 * the {@link Convention}. {@link #beside} makes the card from the files that nnU-Net, MONAI or
 * Raidionics keep beside a network.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param name name of the model, not blank
 * @param sequences what each channel of the input is, at least one
 * @param patch columns, rows and slices that the network takes at once, each positive
 * @param spacing the voxels that the network was trained on, along its columns, rows and slices;
 *     unknown to take volumes as they are
 * @param orientation where columns, rows and slices grow to, which may also exchange the axes;
 *     empty to take volumes as they are stored
 * @param cropToNonZero whether what is zero in all sequences is cut off at the borders; default no
 * @param interpolation how volumes are resampled; linear by default
 * @param normalization one per sequence
 * @param activation what the outputs are. LOGITS and SOFTMAX are classes: the label with the
 *     largest value counts, the first is the background. SIGMOID and SIGMOID_LOGITS are regions,
 *     which may lie within each other (whole tumor, core): each counts above the threshold
 * @param labels what each channel of the output is
 * @param tumorLabels the labels that {@code segment} gives the union of
 * @param threshold above which a region counts, 0 to 1 exclusive; 0.5 by default
 * @param overlap the share of a patch that the next one covers again, from 0 to below 1; 0.5 by
 *     default, as nnU-Net
 * @param mirror the axes along which each patch is mirrored too, the outputs being averaged: {@code
 *     x}, {@code y}, {@code z} in this order, or some of them; none by default
 * @param convention whose steps are followed; nnU-Net's by default
 * @param axes which axes of the volume, oriented if it is, become the network's columns, rows and
 *     slices: {@code xyz} by default, {@code zyx} for networks that were given arrays as nibabel
 *     reads them
 * @param gaussian whether the middle of a patch weighs most; true by default
 * @param interpolationBack how outputs return to the voxels of the volume: linear by default
 * @param within the network that is asked first; none by default
 * @param onePiece whether of each label only the largest piece is kept, and its holes are filled;
 *     not by default
 * @param neighbors of networks of slices ([N, C, H, W], a patch of one slice): how many slices
 *     before and behind a slice are channels beside it, of each sequence from the first to the
 *     last; beyond the ends the slice at the end is repeated. 0 by default
 * @param sha256 of the ONNX file, 64 hexadecimal digits, or empty
 * @since 0.1.0
 */
public record VolumeCard(
    String name,
    List<String> sequences,
    List<Integer> patch,
    VoxelSpacing spacing,
    Optional<Orientation> orientation,
    boolean cropToNonZero,
    Resample.Method interpolation,
    List<ChannelNormalization> normalization,
    Activation activation,
    List<String> labels,
    Set<String> tumorLabels,
    double threshold,
    double overlap,
    String mirror,
    Convention convention,
    String axes,
    boolean gaussian,
    Resample.Method interpolationBack,
    Optional<Coarse> within,
    boolean onePiece,
    int neighbors,
    String sha256) {

  /** What the key {@code task} must say. */
  public static final String TASK = "VOLUME_SEGMENTATION";

  /** The programs whose steps can be followed. */
  public enum Convention {
    /**
     * Orientation, axes, crop, normalization, resampling: the new voxels fill the same box. Axes
     * more than three times as coarse as another are resampled by the nearest voxel. Patches at
     * equal distances; outputs return to the old voxels before the activation.
     */
    NNUNET,
    /**
     * Orientation, axes, resampling with the first voxel kept in its place, crop, normalization.
     * Patches at fixed distances, the last one moved back; probabilities return to the old voxels.
     */
    MONAI,
    /**
     * As MONAI, but what is beyond the last voxel is 0, patches reach beyond the volume with the
     * values of its border, and of overlapping patches the largest probability counts.
     */
    RAIDIONICS,
    /**
     * Orientation, axes, then the whole volume, or the box of it that {@link VolumeCard#within}
     * finds, is resized to the patch, whatever its spacing, and normalized; percentiles are those
     * of the whole. Outputs return to the old voxels before the activation.
     */
    WHOLE
  }

  /**
   * A network that finds roughly what another then finds in its box, as brain extractors and
   * cascades work.
   *
   * @param model the name of its ONNX file, beside the other, with a card of convention WHOLE and
   *     the same sequences, orientation and axes
   * @param margin by which share of its size the box is made wider at each of its ends, 0 or more.
   *     The box reaches over all planes of which more than 2 % are the tumor labels
   */
  public record Coarse(String model, double margin) {

    /**
     * Checks the values.
     *
     * @param model see above
     * @param margin see above
     * @throws IllegalArgumentException if the model has no name or more than a name, or the margin
     *     is negative
     */
    public Coarse {
      Arguments.require(
          model.matches("[^/\\\\]+"), "model must be the name of a file, got '%s'", model);
      Arguments.require(
          margin >= 0 && Double.isFinite(margin), "margin must be 0 or more, got %s", margin);
    }
  }

  /**
   * Checks and copies the values.
   *
   * @param name see above
   * @param sequences see above
   * @param patch see above
   * @param spacing see above
   * @param orientation see above
   * @param cropToNonZero see above
   * @param interpolation see above
   * @param normalization see above
   * @param activation see above
   * @param labels see above
   * @param tumorLabels see above
   * @param threshold see above
   * @param overlap see above
   * @param mirror see above
   * @param convention see above
   * @param axes see above
   * @param gaussian see above
   * @param interpolationBack see above
   * @param within see above
   * @param onePiece see above
   * @param neighbors see above
   * @param sha256 see above
   * @throws IllegalArgumentException if a value is out of its range
   */
  public VolumeCard {
    Arguments.require(!name.isBlank(), "name must not be blank, got '%s'", name);
    sequences = List.copyOf(sequences);
    patch = List.copyOf(patch);
    normalization = List.copyOf(normalization);
    labels = List.copyOf(labels);
    tumorLabels = Set.copyOf(tumorLabels);
    Objects.requireNonNull(spacing, "spacing");
    Objects.requireNonNull(orientation, "orientation");
    Objects.requireNonNull(interpolation, "interpolation");
    Objects.requireNonNull(activation, "activation");
    Objects.requireNonNull(convention, "convention");
    Objects.requireNonNull(interpolationBack, "interpolationBack");
    Arguments.require(!sequences.isEmpty(), "sequences must name at least one, got none");
    Arguments.require(
        patch.size() == 3 && patch.stream().allMatch(side -> side > 0),
        "patch must be three positive lengths, got %s",
        patch);
    Arguments.require(
        normalization.size() == sequences.size(),
        "normalization must be one or one for each of the %s sequences, got %s",
        sequences.size(),
        normalization);
    Arguments.require(
        !labels.isEmpty() && new HashSet<>(labels).size() == labels.size(),
        "labels must be there, each once, got %s",
        labels);
    Arguments.require(
        activation.independent(labels.size()) || labels.size() > 1,
        "labels must be two or more, the background first, for %s, got %s",
        activation,
        labels);
    Arguments.require(
        labels.containsAll(tumorLabels)
            && (activation.independent(labels.size()) || !tumorLabels.contains(labels.get(0))),
        "tumorLabels must be among the labels %s and not the background, got %s",
        labels,
        tumorLabels);
    Arguments.require(
        threshold > 0 && threshold < 1, "threshold must be between 0 and 1, got %s", threshold);
    Arguments.require(
        overlap >= 0 && overlap < 1, "overlap must be 0 or more and below 1, got %s", overlap);
    Arguments.require(
        mirror.matches("x?y?z?"), "mirror must be some of xyz in this order, got '%s'", mirror);
    Arguments.require(
        axes.matches("(?!.*(.).*\\1)[xyz]{3}"),
        "axes must be x, y and z in some order, got '%s'",
        axes);
    Arguments.require(
        interpolationBack != Resample.Method.CUBIC,
        "interpolationBack must be NEAREST or LINEAR, got %s",
        interpolationBack);
    Arguments.require(
        convention != Convention.WHOLE || (!spacing.isKnown() && !cropToNonZero),
        "spacing and cropToNonZero must not be there for WHOLE, got %s and %s",
        spacing,
        cropToNonZero);
    Arguments.require(
        within.isEmpty() || convention == Convention.WHOLE,
        "convention must be WHOLE for a network within the box of another, got %s",
        convention);
    Arguments.require(
        neighbors >= 0 && (neighbors == 0 || (patch.get(2) == 1 && convention != Convention.WHOLE)),
        "neighbors must be 0 or more, and go with a patch of one slice and not with WHOLE, got %s"
            + " with %s and %s",
        neighbors,
        patch,
        convention);
    Arguments.require(
        sha256.matches("([0-9a-fA-F]{64})?"), "sha256 must be 64 digits, got '%s'", sha256);
  }

  /**
   * Reads a card.
   *
   * @param json the JSON object
   * @param origin how messages call it
   * @return the card
   * @throws ModelException if it is no such card; the message says what is wrong with it
   */
  public static VolumeCard fromJson(String json, String origin) {
    return VolumeCardJson.read(json, origin);
  }

  /**
   * The card of a network that lies where its program left it: from nnU-Net's {@code plans.json}
   * and {@code dataset.json}, a MONAI bundle's {@code metadata.json} and {@code inference.json}, or
   * Raidionics' {@code pre_processing.ini}, in the folder of the network, the one above, or {@code
   * configs} of either.
   *
   * @param model the ONNX file
   * @return the card; empty if no such file is there
   * @throws ModelException if they cannot be read, or ask for what is not known here; the message
   *     names file, key, what was found and what is expected
   */
  public static Optional<VolumeCard> beside(Path model) {
    return ForeignCards.beside(model);
  }

  /**
   * Whether a text is a card of a three-dimensional network, right or wrong, and not a {@link
   * ModelCard}.
   *
   * @param json any text
   * @return whether its task is {@value #TASK}
   */
  public static boolean isMeantBy(String json) {
    return VolumeCardJson.isMeantBy(json);
  }

  /**
   * How many channels the network takes: one for each sequence, or for each of its slices.
   *
   * @return positive
   */
  public int channels() {
    return sequences.size() * (2 * neighbors + 1);
  }

  /**
   * Whether the labels exclude each other.
   *
   * @return false for regions
   */
  public boolean hasClasses() {
    return !activation.independent(labels.size());
  }
}
