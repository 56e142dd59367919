package io.github.brainimaging.examples.training;

import io.github.brainimaging.core.geometry.AnatomicalPlane;
import io.github.brainimaging.core.geometry.Resample;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.ScanFacts;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.slice.SliceSampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Slices whose sequence, plane and preparation are known. */
final class ScanSlices {

  /** Of so many slices of a volume, the outer quarter on each side is left away. */
  private static final int TAKEN = 32;

  private static final int MOST = 1400;

  /** Sides of a voxel that differ by less are as good as equal. */
  private static final double FLAT = 1.2;

  /** Where slices come from. */
  interface Use {
    void use(Slice slice) throws IOException;
  }

  /**
   * A slice.
   *
   * @param group slices of one origin
   * @param image the slice as read
   * @param truth fact -> value; a fact that is not known is absent
   */
  record Slice(String group, MedicalImage image, Map<String, String> truth) {}

  private final Path data;
  private final Use use;

  ScanSlices(Path data, Use use) {
    this.data = data;
    this.use = use;
  }

  /** What may train what is shipped (README of the data). */
  void training() throws IOException {
    for (String name : List.of("ms04_s1_FLAIR", "ms20_s2_FLAIR")) {
      head("ms", name, "FLAIR");
    }
    for (String name : List.of("ms04_s1_T1W", "ms20_s2_T1W")) {
      head("ms", name, "T1");
    }
    head("ms", "ms04_s1_T2W", "T2");
    volume("ch2", "skull-strip/ch2.nii.gz", "skull-strip/ch2bet.nii.gz", "T1", "in place");
    volume("brainchop", "volumes/healthy/brainchop_T1_2mm.nii.gz", null, "T1", "in place");
    volume("mni", "volumes/healthy/x_mni2009.nii.gz", null, "T1", "in place");
    progression(1);
    labeled("train");
    for (String kind : List.of("glioma", "meningioma", "pituitary")) {
      folder("tumors", "brain-tumor-mri/train/" + kind, 400);
    }
    folder("masks", "t1ce-masks/images", MOST);
  }

  /** What may only measure; other patients, and mostly other scanners. */
  void measuring() throws IOException {
    for (String sequence : List.of("FLAIR", "T1", "T2")) {
      String name = "ms12_s1_" + sequence + (sequence.equals("FLAIR") ? "" : "W");
      head("ms12 " + sequence, name, sequence);
    }
    for (Path file : files("volumes/heads", "nichart\\d+_(T1|FLAIR)\\.nii\\.gz")) {
      String name = file.getFileName().toString().replace(".nii.gz", "");
      String sequence = name.endsWith("T1") ? "T1" : "FLAIR";
      head("NiChart " + sequence, name, sequence);
    }
    progression(4);
    String tumors = "volumes/tumor/";
    String agent = "T1 with contrast agent";
    volume("hg0015, rano, du7294 T1C", tumors + "hg0015_T1C.nii.gz", null, agent, "stripped");
    volume("hg0015, rano, du7294 T1C", tumors + "rano_T1C.nii.gz", null, agent, "stripped");
    volume("hg0015, rano, du7294 T1C", tumors + "du7294_t1c.nii.gz", null, agent, "stripped");
    volume("fg6692 T1C", tumors + "fg6692_t1c.nii.gz", null, agent, "in place");
    volume("hg0015 FLAIR", tumors + "hg0015_FLAIR.nii.gz", null, "FLAIR", "stripped");
    volume("brainix, fg6692 FLAIR", tumors + "brainix_FLAIR.nii.gz", null, "FLAIR", "in place");
    volume("brainix, fg6692 FLAIR", "volumes/heads/fg6692_fla.nii.gz", null, "FLAIR", "in place");
    volume("chris_t1", "formats/nifti/chris_t1.nii.gz", null, "T1", "in place");
    for (Path file : files("ct-mri/CT", ".*\\.png")) {
      slice("CT (AANLIB)", file, "CT", "axial", "");
    }
    List<Path> flair = files("lgg", "\\d+_flair\\.png");
    for (int i = 0; i < flair.size(); i += 6) {
      slice("LGG FLAIR", flair.get(i), "FLAIR", "axial", "");
    }
    labeled("validation");
    for (String kind : List.of("glioma", "meningioma", "pituitary")) {
      folder("validation, tumors", "brain-tumor-mri/validation/" + kind, MOST);
    }
  }

  /** In this collection tumors are T1 with contrast agent; the names of the masks tell planes. */
  private void folder(String group, String folder, int most) throws IOException {
    List<Path> all = new ArrayList<>(files(folder, ".*\\.jpg"));
    Set<String> apart = Set.copyOf(Files.readAllLines(Path.of("docs/t1ce-masks-held-apart.txt")));
    all.removeIf(file -> apart.contains(file.getFileName().toString().replace(".jpg", "")));
    SplittableRandom random = new SplittableRandom(1);
    int count = Math.min(most, all.size());
    for (int i = 0; i < count; i++) {
      Path file = all.remove(random.nextInt(all.size()));
      String name = file.getFileName().toString();
      String plane =
          name.contains("_ax_")
              ? "axial"
              : name.contains("_co_") ? "coronal" : name.contains("_sa_") ? "sagittal" : "";
      slice(group, file, "T1 with contrast agent", plane, "in place");
    }
  }

  /** Slices without a tumor, told by eye. */
  private void labeled(String part) throws IOException {
    for (String line : Files.readAllLines(Path.of("docs/scan-labels.csv"))) {
      String[] fields = line.split(",", -1);
      if (fields[0].startsWith(part + "/")) {
        Path file = data.resolve("brain-tumor-mri").resolve(fields[0]);
        String group = part.equals("train") ? "no tumor" : "validation, no tumor, " + fields[1];
        slice(group, file, fields[1], fields[2], "in place");
      }
    }
  }

  private void slice(String group, Path file, String sequence, String plane, String skull)
      throws IOException {
    use.use(
        new Slice(
            group, MedicalImageReader.withDefaults().read(file), truth(sequence, plane, skull)));
  }

  private static Map<String, String> truth(String sequence, String plane, String skull) {
    Map<String, String> truth = new HashMap<>(Map.of(ScanFacts.SEQUENCE, sequence));
    if (!plane.isEmpty()) {
      truth.put(ScanFacts.PLANE, plane);
    }
    if (!skull.isEmpty()) {
      truth.put(ScanFacts.SKULL, skull);
    }
    return truth;
  }

  private void progression(int first) throws IOException {
    for (int patient = first; patient < first + 3; patient++) {
      for (String visit : List.of("pre", "post")) {
        MedicalVolume volume =
            read("volumes/tumor/progression0" + patient + "_" + visit + "_T1C.nii.gz");
        String group = first == 1 ? "progression" : "progression T1C";
        slices(group, volume, AnatomicalPlane.AXIAL, "T1 with contrast agent", "in place");
      }
    }
  }

  private void head(String group, String name, String sequence) throws IOException {
    String path = "volumes/heads/" + name;
    volume(group, path + ".nii.gz", path + "_ref.nii.gz", sequence, "in place");
  }

  /** In three planes; with a mask of the brain, also stripped. */
  private void volume(
      String group, String path, @Nullable String brain, String sequence, String skull)
      throws IOException {
    MedicalVolume volume = cubes(read(path));
    for (AnatomicalPlane plane : AnatomicalPlane.values()) {
      slices(group, volume, plane, sequence, skull);
      if (brain != null) {
        float[] samples = volume.samples();
        MedicalVolume inside = cubes(read(brain));
        float[] mask = inside.samples();
        float half = inside.range()[1] / 2;
        for (int i = 0; i < samples.length; i++) {
          samples[i] = mask[i] > half ? samples[i] : 0;
        }
        slices(group, volume.withSamples(samples), plane, sequence, "stripped");
      }
    }
  }

  private MedicalVolume read(String path) throws IOException {
    return MedicalVolumeReader.withDefaults().read(data.resolve(path));
  }

  /** As pictures are shown: pixels are squares in every plane. */
  private static MedicalVolume cubes(MedicalVolume volume) {
    VoxelSpacing step = volume.spacing();
    double smallest = Math.min(step.x(), Math.min(step.y(), step.z()));
    boolean cubes = Math.max(step.x(), Math.max(step.y(), step.z())) < FLAT * smallest;
    return !step.isKnown() || cubes
        ? volume
        : Resample.toSpacing(new VoxelSpacing(smallest, smallest, smallest)).apply(volume);
  }

  private void slices(
      String group, MedicalVolume volume, AnatomicalPlane plane, String sequence, String skull)
      throws IOException {
    List<MedicalImage> all = SliceSampling.equallySpaced(plane, TAKEN).slices(volume);
    for (MedicalImage image : all.subList(all.size() / 4, all.size() - all.size() / 4)) {
      use.use(
          new Slice(group, image, truth(sequence, plane.name().toLowerCase(Locale.ROOT), skull)));
    }
  }

  private List<Path> files(String folder, String name) throws IOException {
    try (Stream<Path> all = Files.walk(data.resolve(folder))) {
      Path[] found =
          all.filter(file -> file.getFileName().toString().matches(name)).toArray(Path[]::new);
      Arrays.sort(found);
      return List.of(found);
    }
  }
}
