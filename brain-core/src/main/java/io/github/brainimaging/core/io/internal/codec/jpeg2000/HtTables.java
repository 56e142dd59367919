package io.github.brainimaging.core.io.internal.codec.jpeg2000;

/**
 * The variable-length codes of high-throughput code-blocks (T.814, annex C). The numbers are those
 * of the file {@code t1_ht_generate_luts.c} of OpenJPEG 2.5.0 by Aous Naman, which gives the tables
 * of the standard: Copyright (c) 2021, Aous Naman; Kakadu Software Pty Ltd, Australia; The
 * University of New South Wales, Australia. 2-Clause BSD license, see NOTICE.
 */
final class HtTables {

  // A line per context; six digits per code: which samples of the quad are not zero, of which of
  // them a bit is known, these bits, the code (plus 128 if lengths follow) and its length.
  private static final String[] FIRST_ROW = {
    "100064111bf7200003222ff7300115322df73319f74000234449365000e5544a365518f7600036"
        + "600ef77002f7722cf77208d6800043888bd69001d6900ad6a00015a88b56aa2f77b00377b11d77"
        + "b10896c001e5ccc977cc4956cc8a56d00677d11a77d54c77dd8877e007b7e22cb7ea8856ee4bb7"
        + "f005b7f999b7fbaeb7ffcab7ff8b96fe6f37fe2996ff58b7ff4a96ff1b37",
    "0000021000e41119f7200064222bb63001b6300bd64000a4444ab65000b6544b36551ff7600136"
        + "600a367003f7722df77208368000248889d69002d69008d6a00356a88956aa2ef7b002f7b11cf7"
        + "b10916c00015c88a56cc4856d000f7d11977d54b96dd8f77e00377e22d77ea8996ee4e77f00077"
        + "fb8a96f88a77fa2896fe4b16ff1c77",
    "0000021000e41119b6200064222bf73002b6311b36332ff74000a44448b6500015555af7551936"
        + "554a36600036600df77001f7722ef7731916774b77800024888cf79003d69009d6a002d6a008d6"
        + "b000f7b22f77b20b56c00156c44a56cc8d77d00177d88856dc4b96dd1e77e00277e22fb7e20996"
        + "f00477ff1a96f11896f32877f74b16ff8bb7",
    "000003100044111bd62000c5222cf73001d6311856332ff7400165444ad65000655559a55518d6"
        + "554b566003f7644df76629f77006f7766af7764956773f77771a567728f78000a5888877900396"
        + "911b77998d77a00196a88a96aa2977b00677bb1a77b11c77b32896bb8fb7c00316c44916cc8bb7"
        + "d005b7d999b7dd5ab7dd1a16ddceb7dd4816dd8cb7e000b7ee4f37e44937ec8be6ee2b37f00537"
        + "faa8e6fb9e37ffc837ff8925fe6a37ff59e6ff4825ff3c37ff19c5ff2ae6",
    "0000021000e4111bf72000642229b63002b6322bd6331ff74000a4444df75000b6500b36600136"
        + "600a367001f7744ef77408368000248889d6900116900f77a00015aaaaf7aa2ad6aa88d6b004f7"
        + "bb28f7b00b56c00156c88a56cc4b77d00577d11877d10856e00177e44b96ec8996ee2e77f00277"
        + "f99c77f91a96f76fb7f72896fb8b16ff4bb7",
    "0000031001a5111ff72000a52229d63002d6333df7332b96331bf74001254449f75000d6544b56"
        + "551ef7600156622a56664af77004f7766d777648567738f7772f77771b77800025888996900266"
        + "988977991e77a001c5aaaa96aa2896aa8b16b00277b99877b98916bb3c77bb2a16bb1fb7c00016"
        + "c88be6cc4bb7d005b7d99eb7d989e6dd59b7dd4ae6dd1ab7e004b7e668b7eeab37ee28e6eecf37"
        + "ee8b66ee4d37f00137f77c37f76966f75e37ffca37ff48c5fd9837ffabd7ff8945ff3fd7ff2845"
        + "ff1866",
    "0000031000441118362000c52228d63001a5333bd63319d6332ad64000a5444bf7500356511956"
        + "554ff7600256622df76649f77006f7766cf7764856773af7771b66772f778001258888f7900396"
        + "911b77998d77a00196a22a96aa8977b00677b99c77b91896bbaa77bb2b16bb8fb7c00116ccc877"
        + "cc8a16cc4bb7d005b7d55b37d54816dc89b7dd1eb7e002b7ee2cb7e228b7eecf37ee8be6ee4d37"
        + "f00137f669e6feaae6ff38e6ff2825fb9e37ffc966ff8866ff5a37ff19c5ff4a66",
    "000125100056111ff7200396222bf73005f73339f7332ef7331af74004f74448f7500577511996"
        + "554f77600377600a96700177766e77773a77772c777759b77718967748778007b7888bb79005b7"
        + "900b16a00537a22916aa8eb7b002b7b99cb7bb38b7bb1f37bbab37bb2a16bb8937c00637c88a37"
        + "cc4c37d00037d99fd7dd5dd7dd1816ddcbd7dd4be6dd89d7e006d7e66ad7eea8d7ee29e6eeccd7"
        + "ee88e6ee4f57f00157fff865ffdb57ff7d57ff59a5ffba57ff38a5ff9ae6ff1804ffee57ff6b66"
        + "ffa825ff28c4ffc966ff8844ff4884"
  };

  private static final String[] OTHER_ROWS = {
    "100003111a762000632229763000d5300bb6400023444876500155500ab6600015600ff77001f7"
        + "7009b6800043888855900195900936a00095a888b6aa2bf7b005f7b00b36c00115c88a36cc4ef7"
        + "d000f7d00836e002f7e44cf7e40bd6f00777f11b77f109d6",
    "000001100054111ff72000942229f73001d5311bf7332df74000d5444b77500036500ef76002f7"
        + "600cf77000f7700f778000148889779000b6900d77a00336a00e77b00277b00ab7c00136c00c77"
        + "d00077d00fb7e003b7e00db7f001b7f44eb7f40a36",
    "000001100094111ff7200014222a363003d6322bf73319f7400155444df7500036500ef76002f7"
        + "600cf77000f7700977800055888f77900377900d77a001d6aaafb7aa2ad6aa8e77b00277bb2c77"
        + "b00877c000d6c00bb7d005b7d009b7e006b7e44ab7e40cb7f000b7f44f37f51b37f72d37ff8937",
    "0000021000a41118b6200024222a363000e5333ff7332b36331936400165444bf7500036511bd6"
        + "5549f76001d6600df77002d6744af77519e6772ef7800065888cf79000d6900b56a00156a22a56"
        + "aa88f7b00056b88b96bb3977bb2996bb1f77c00296c00896d00377d44d77d40b16e00677e44a77"
        + "ec8c77ee2eb7f00116f66877f73fb7ffabb7ff2a16ff8816fa8db7ff59b7ff1be6ff4ab7",
    "0000011000d5111ff7200155222bf73005f7300ef7400094444a365003365009f7600136600af7"
        + "7004f7700d778000148888f7900777900b77a001d6a00977b00677b00eb7c00055ccca77cc8c77"
        + "cc4877d007b7d00bb7e005b7e229b7e20836f002b7f11cb7f328b7f30bd6",
    "0000021001e5111bb62000a5222bf73001b63008b6400024444ab65000e5544b36551ff7600136"
        + "600ef7700236722df77209568001658888369003d69009f7a001d6a00ad6b000d6b11cf7b10b56"
        + "c00065c44a56cc8af7d00056d11f77d54b96dd88f7e00196e22d77ea8816ee4b77f001a5f99977"
        + "fd5e77ff3877ff1a96f76a77ffc896ff4b16ffac77ff8916ff2a16",
    "0000031000241118362000c4222bd63001d63228d6331ff7400044444ad65000a5544b56551af7"
        + "600156622bf7664df7700256722a967319f7774ef7800165888856900396900996a00065aaa8f7"
        + "aa2896aa8cf7b000e6bb2f77b22b77ba8d77bb1c77c001a5ccc977cc8e77cc4a77d00316dd4877"
        + "d44fb7dc8bb7dd1ab7e00116ee4db7e449b7eeaeb7ee8a16ee2b37f00016f33cb7f768b7ffaf37"
        + "ff2be6fb9d37ffce37ff89e6ff5937ff4ae6ff1a37",
    "000044100336111936200236222ff7300036311bf7332ef74002d6444df7500165511bd65549f7"
        + "6001d6600f77700065774af7744cf77738f77718d6772d77800356888b77900156900a77a00256"
        + "a00a96b001a5bb1977b11e77b32856bb8fb7c00396c00996d000c5dd1c77d11877d54896dd89b7"
        + "e00316ee2bb7e22db7ea8be6ee48b7f00003fffeb7ff7ab7ffbcb7ff3916f76a16ffa816ff28a5"
        + "fb99e6ffc8e6ff8925ff5ae6ff1825ff49c5"
  };

  private static final int[] FIRST_CODES = codes(FIRST_ROW);
  private static final int[] OTHER_CODES = codes(OTHER_ROWS);

  private HtTables() {}

  /** For each context and each next seven bits the digits, or 0 where there is no such code. */
  private static int[] codes(String[] contexts) {
    int[] codes = new int[contexts.length << 7];
    for (int context = 0; context < contexts.length; context++) {
      for (int at = 0; at < contexts[context].length(); at += 6) {
        int entry = Integer.parseInt(contexts[context], at, at + 6, 16);
        int step = 1 << codeLength(entry);
        for (int bits = entry >> 4 & 127; bits < 128; bits += step) {
          codes[context << 7 | bits] = entry;
        }
      }
    }
    return codes;
  }

  static int entry(boolean firstRow, int context, int bits) {
    return (firstRow ? FIRST_CODES : OTHER_CODES)[context << 7 | (bits & 127)];
  }

  static int codeLength(int entry) {
    return entry & 15;
  }

  /** Whether the lengths of the samples are told. */
  static boolean hasLength(int entry) {
    return (entry >> 11 & 1) == 1;
  }

  /** A bit for each sample that is not zero: top left, bottom left, top right, bottom right. */
  static int pattern(int entry) {
    return entry >> 20;
  }

  /** 1 if the highest bit of a sample is known. */
  static int isKnown(int entry, int sample) {
    return entry >> (16 + sample) & 1;
  }

  static int knownBit(int entry, int sample) {
    return entry >> (12 + sample) & 1;
  }
}
