package io.github.brainimaging.core.io.internal.dicom.element;

import java.util.Set;

/**
 * The tags that are read; all others are skipped unread. None of them tells who a patient is; the
 * UIDs of study and series are compared and never shown, and of the two that are free text, {@link
 * ScanTags} keeps nothing but the sequence that they name.
 */
public final class Tag {

  static final int TRANSFER_SYNTAX = 0x00020010;
  public static final int IMAGE_TYPE = 0x00080008;
  public static final int SOP_CLASS = 0x00080016;
  public static final int SOP_INSTANCE = 0x00080018;
  public static final int ACQUISITION_DATETIME = 0x0008002A;
  public static final int ACQUISITION_TIME = 0x00080032;
  public static final int CONTENT_TIME = 0x00080033;
  public static final int MODALITY = 0x00080060;
  public static final int SERIES_DESCRIPTION = 0x0008103E;
  public static final int FRAME_TYPE = 0x00089007;
  public static final int COMPLEX_COMPONENT = 0x00089208;
  public static final int CONTRAST_AGENT = 0x00180010;
  public static final int BODY_PART = 0x00180015;
  public static final int SCANNING_SEQUENCE = 0x00180020;
  public static final int SEQUENCE_VARIANT = 0x00180021;
  public static final int ACQUISITION_TYPE = 0x00180023;
  public static final int SLICE_THICKNESS = 0x00180050;
  public static final int KVP = 0x00180060;
  public static final int REPETITION_TIME = 0x00180080;
  public static final int ECHO_TIME = 0x00180081;
  public static final int INVERSION_TIME = 0x00180082;
  public static final int ECHO_NUMBER = 0x00180086;
  public static final int SPACING_BETWEEN_SLICES = 0x00180088;
  public static final int PROTOCOL = 0x00181030;
  public static final int TRIGGER_TIME = 0x00181060;
  public static final int IMAGER_PIXEL_SPACING = 0x00181164;
  public static final int GANTRY_TILT = 0x00181120;
  public static final int KERNEL = 0x00181210;
  public static final int FLIP_ANGLE = 0x00181314;
  public static final int NOMINAL_PIXEL_SPACING = 0x00182010;
  public static final int FRAME_ACQUISITION_DATETIME = 0x00189074;
  static final int GRADIENT = 0x00189076;
  public static final int INVERSION_TIMES = 0x00189079;
  public static final int EFFECTIVE_ECHO_TIME = 0x00189082;
  public static final int B_VALUE = 0x00189087;
  public static final int GRADIENT_DIRECTION = 0x00189089;
  public static final int VELOCITY_DIRECTION = 0x00189090;
  static final int MR_TIMING = 0x00189112;
  static final int MR_ECHO = 0x00189114;
  static final int MR_MODIFIER = 0x00189115;
  static final int MR_DIFFUSION = 0x00189117;
  static final int CARDIAC = 0x00189118;
  public static final int FRAME_REFERENCE_DATETIME = 0x00189151;
  static final int VELOCITY = 0x00189197;
  static final int MR_FRAME_TYPE = 0x00189226;
  static final int SPIN_LABELING = 0x00189251;
  public static final int ASL_CONTEXT = 0x00189257;
  static final int CT_RECONSTRUCTION = 0x00189314;
  static final int CT_X_RAY = 0x00189325;
  static final int CT_FRAME_TYPE = 0x00189329;
  public static final int SIEMENS_B_VALUE = 0x0019100C;
  public static final int SIEMENS_DIRECTION = 0x0019100E;

  /** The first of three elements. */
  public static final int GE_DIRECTION = 0x001910BB;

  public static final int STUDY_INSTANCE = 0x0020000D;
  public static final int SERIES_INSTANCE = 0x0020000E;
  public static final int ACQUISITION_NUMBER = 0x00200012;
  public static final int INSTANCE_NUMBER = 0x00200013;
  public static final int POSITION = 0x00200032;
  public static final int ORIENTATION = 0x00200037;
  public static final int TEMPORAL_POSITION = 0x00200100;
  public static final int SLICE_LOCATION = 0x00201041;
  public static final int STACK_ID = 0x00209056;
  static final int FRAME_CONTENT = 0x00209111;
  static final int PLANE_POSITION = 0x00209113;
  static final int PLANE_ORIENTATION = 0x00209116;
  public static final int TEMPORAL_POSITION_INDEX = 0x00209128;
  public static final int TRIGGER_DELAY = 0x00209153;
  public static final int FRAME_ACQUISITION_NUMBER = 0x00209156;
  public static final int DIMENSION_VALUES = 0x00209157;
  public static final int TEMPORAL_OFFSET = 0x0020930D;
  static final int TEMPORAL_POSITIONS = 0x00209310;
  public static final int PHILIPS_B_VALUE = 0x20011003;

  /** The first of three elements. */
  public static final int PHILIPS_DIRECTION = 0x200510B0;

  public static final int GRADIENT_NUMBER = 0x20051413;
  public static final int PHILIPS_LABEL = 0x20051429;
  public static final int SAMPLES_PER_PIXEL = 0x00280002;
  public static final int PHOTOMETRIC = 0x00280004;
  public static final int PLANAR = 0x00280006;
  public static final int FRAMES = 0x00280008;
  public static final int ROWS = 0x00280010;
  public static final int COLUMNS = 0x00280011;
  public static final int PIXEL_SPACING = 0x00280030;
  public static final int BITS_ALLOCATED = 0x00280100;
  public static final int BITS_STORED = 0x00280101;
  public static final int HIGH_BIT = 0x00280102;
  public static final int REPRESENTATION = 0x00280103;
  public static final int PADDING = 0x00280120;
  public static final int PADDING_LIMIT = 0x00280121;
  public static final int WINDOW_CENTER = 0x00281050;
  public static final int WINDOW_WIDTH = 0x00281051;
  public static final int INTERCEPT = 0x00281052;
  public static final int SLOPE = 0x00281053;
  public static final int WINDOW_FUNCTION = 0x00281056;
  public static final int RED_DESCRIPTOR = 0x00281101;
  public static final int GREEN_DESCRIPTOR = 0x00281102;
  public static final int BLUE_DESCRIPTOR = 0x00281103;
  public static final int RED = 0x00281201;
  public static final int GREEN = 0x00281202;
  public static final int BLUE = 0x00281203;
  public static final int RED_SEGMENTED = 0x00281221;
  public static final int GREEN_SEGMENTED = 0x00281222;
  public static final int BLUE_SEGMENTED = 0x00281223;
  public static final int MODALITY_LUT = 0x00283000;
  public static final int LUT_DESCRIPTOR = 0x00283002;
  public static final int LUT_DATA = 0x00283006;
  public static final int VOI_LUT = 0x00283010;
  static final int PIXEL_MEASURES = 0x00289110;
  static final int FRAME_VOI = 0x00289132;
  static final int PIXEL_TRANSFORMATION = 0x00289145;
  public static final int GE_COMPONENT = 0x0043102F;
  public static final int GE_B_VALUE = 0x00431039;
  public static final int FRAME_REFERENCE_TIME = 0x00541300;
  public static final int SEGMENTS = 0x00620002;
  public static final int UIH_TILES = 0x00651050;
  static final int UIH_FRAMES = 0x00651051;
  public static final int GRID_OFFSETS = 0x3004000C;
  static final int SHARED_GROUPS = 0x52009229;
  public static final int FRAME_GROUPS = 0x52009230;
  public static final int EXTENDED_OFFSETS = 0x7FE00001;
  public static final int FLOAT_PIXELS = 0x7FE00008;
  static final int DOUBLE_PIXELS = 0x7FE00009;
  public static final int PIXELS = 0x7FE00010;

  /** Begins an item of a sequence. */
  public static final int ITEM = 0xFFFEE000;

  static final int ITEM_END = 0xFFFEE00D;
  public static final int SEQUENCE_END = 0xFFFEE0DD;

  private static final Set<Integer> SEQUENCES =
      Set.of(
          MR_DIFFUSION,
          FRAME_CONTENT,
          PLANE_POSITION,
          PLANE_ORIENTATION,
          MODALITY_LUT,
          VOI_LUT,
          PIXEL_MEASURES,
          FRAME_VOI,
          PIXEL_TRANSFORMATION,
          SEGMENTS,
          GRADIENT,
          MR_ECHO,
          MR_MODIFIER,
          MR_TIMING,
          CARDIAC,
          VELOCITY,
          SPIN_LABELING,
          CT_RECONSTRUCTION,
          CT_X_RAY,
          CT_FRAME_TYPE,
          TEMPORAL_POSITIONS,
          MR_FRAME_TYPE,
          SHARED_GROUPS,
          FRAME_GROUPS);

  private static final Set<Integer> VALUES =
      Set.of(
          TRANSFER_SYNTAX,
          IMAGE_TYPE,
          SOP_INSTANCE,
          ACQUISITION_TIME,
          MODALITY,
          SLICE_THICKNESS,
          REPETITION_TIME,
          ECHO_NUMBER,
          SPACING_BETWEEN_SLICES,
          TRIGGER_TIME,
          GANTRY_TILT,
          B_VALUE,
          STUDY_INSTANCE,
          SERIES_INSTANCE,
          ACQUISITION_NUMBER,
          INSTANCE_NUMBER,
          POSITION,
          ORIENTATION,
          TEMPORAL_POSITION,
          TEMPORAL_POSITION_INDEX,
          SAMPLES_PER_PIXEL,
          PHOTOMETRIC,
          PLANAR,
          FRAMES,
          ROWS,
          COLUMNS,
          PIXEL_SPACING,
          BITS_ALLOCATED,
          BITS_STORED,
          HIGH_BIT,
          REPRESENTATION,
          PADDING,
          WINDOW_CENTER,
          WINDOW_WIDTH,
          INTERCEPT,
          SLOPE,
          WINDOW_FUNCTION,
          RED_DESCRIPTOR,
          GREEN_DESCRIPTOR,
          BLUE_DESCRIPTOR,
          RED,
          GREEN,
          BLUE,
          RED_SEGMENTED,
          GREEN_SEGMENTED,
          BLUE_SEGMENTED,
          LUT_DESCRIPTOR,
          LUT_DATA,
          GRID_OFFSETS,
          SOP_CLASS,
          FRAME_TYPE,
          COMPLEX_COMPONENT,
          CONTENT_TIME,
          ECHO_TIME,
          INVERSION_TIME,
          KERNEL,
          EFFECTIVE_ECHO_TIME,
          GRADIENT_DIRECTION,
          STACK_ID,
          DIMENSION_VALUES,
          PADDING_LIMIT,
          ACQUISITION_DATETIME,
          KVP,
          IMAGER_PIXEL_SPACING,
          FLIP_ANGLE,
          NOMINAL_PIXEL_SPACING,
          FRAME_ACQUISITION_DATETIME,
          INVERSION_TIMES,
          VELOCITY_DIRECTION,
          FRAME_REFERENCE_DATETIME,
          ASL_CONTEXT,
          SLICE_LOCATION,
          TRIGGER_DELAY,
          FRAME_ACQUISITION_NUMBER,
          TEMPORAL_OFFSET,
          FRAME_REFERENCE_TIME,
          EXTENDED_OFFSETS,
          SERIES_DESCRIPTION,
          ACQUISITION_TYPE,
          PROTOCOL,
          CONTRAST_AGENT,
          BODY_PART,
          SCANNING_SEQUENCE,
          SEQUENCE_VARIANT);

  private Tag() {}

  public static boolean isSequence(int tag) {
    return SEQUENCES.contains(tag) || (tag & 0xFFFF00FF) == (UIH_FRAMES & 0xFFFF00FF);
  }

  public static boolean isValue(int tag) {
    return VALUES.contains(tag) || isSiemens(tag) || PrivateElements.isWanted(tag);
  }

  /**
   * The private elements that tell of a mosaic: creators of groups 0019 and 0029, and the elements
   * in a block of theirs, wherever it was moved to.
   */
  private static boolean isSiemens(int tag) {
    int group = tag >>> 16;
    int element = tag & 0xFFFF;
    boolean creator = element >= 0x10 && element <= 0xFF;
    int inBlock = element < 0x1000 ? -1 : element & 0xFF;
    return (group == 0x0019 && (creator || inBlock == 0x0A))
        || (group == 0x0029 && (creator || inBlock == 0x10 || inBlock == 0x20));
  }

  /** Whether a value may be long: tables and private headers; all others are short texts. */
  static boolean isLong(int tag) {
    return tag == LUT_DATA
        || tag == GRID_OFFSETS
        || tag == EXTENDED_OFFSETS
        || (tag >= RED && tag <= BLUE_SEGMENTED)
        || tag >>> 16 == 0x0029;
  }

  static boolean isPixelData(int tag) {
    return tag == PIXELS || tag == FLOAT_PIXELS || tag == DOUBLE_PIXELS;
  }

  /**
   * Group and element as the standard writes them.
   *
   * @param tag both in one number
   * @return such as (0008,0060)
   */
  public static String name(int tag) {
    return String.format("(%04X,%04X)", tag >>> 16, tag & 0xFFFF);
  }
}
