package io.github.brainimaging.core.io.internal.dicom.element;

import java.util.Set;

/** What may stand as modality (PS3.3, C.7.3.1.1.1), of images and of what lies beside them. */
public final class ModalityCodes {

  /** Also the retired ones, which old files have. */
  public static final Set<String> ALL =
      Set.of(
          ("ANN AR ASMT AU BDUS BI BMD CF CP CR CS CT CTPROTOCOL DD DF DG DM DMS DS DX EC ECG EEG"
                  + " EMG EOG EPS ES FA FID FS GM HC HD IO IOL IVOCT IVUS KER KO LEN LP LS M3D MA"
                  + " MG MR MS NM OAM OCT OP OPM OPR OPT OPTBSV OPTENF OPV OSS OT PA PLAN POS PR"
                  + " PT PX REG RESP RF RG RTDOSE RTIMAGE RTINTENT RTPLAN RTRAD RTRECORD RTSEGANN"
                  + " RTSTRUCT RWV SEG SM SMR SR SRF ST STAIN TEXTUREMAP TG US VA VF VL XA"
                  + " XAPROTOCOL XC")
              .split(" "));

  private ModalityCodes() {}
}
