package io.github.brainimaging.core.image;

import io.github.brainimaging.core.internal.Arguments;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Regions with names on one grid, such as the parts of a tumor. They may lie within each other. A
 * region has the number of its place among the names, counted from 1; 0 is what is none.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class VolumeLabels {

  private final VolumeGrid grid;
  private final List<String> names;

  /** Of regions that exclude each other one map of their numbers, else a map for each. */
  private final short[][] maps;

  private final boolean exclusive;
  private final int[] counts;

  private VolumeLabels(VolumeGrid grid, List<String> names, short[][] maps, boolean exclusive) {
    this.grid = Objects.requireNonNull(grid, "grid");
    this.names = List.copyOf(names);
    this.maps = maps;
    this.exclusive = exclusive;
    Arguments.require(
        new HashSet<>(names).size() == names.size(),
        "names must each be there once, got %s",
        names);
    Arguments.require(
        names.size() < Short.MAX_VALUE, "names must be fewer than 32767, got %s", names.size());
    counts = new int[names.size()];
    for (int i = 0; i < maps.length; i++) {
      Arguments.require(
          maps[i].length == grid.voxels(),
          "numbers must be one for each of %s voxels, got %s",
          grid.voxels(),
          maps[i].length);
      for (short number : maps[i]) {
        Arguments.require(
            number >= 0 && number <= (exclusive ? names.size() : 1),
            "numbers must be 0 to %s, got %s",
            exclusive ? names.size() : 1,
            number);
        if (number > 0) {
          counts[exclusive ? number - 1 : i]++;
        }
      }
    }
  }

  /**
   * Regions that exclude each other.
   *
   * @param grid size and place
   * @param names what the numbers from 1 on are called, each once
   * @param numbers one for each voxel, slice after slice, row after row, from 0 to the number of
   *     names; copied
   * @return the regions
   * @throws IllegalArgumentException if a name is there twice, or number or count of the numbers is
   *     another
   */
  public static VolumeLabels of(VolumeGrid grid, List<String> names, short[] numbers) {
    return new VolumeLabels(grid, names, new short[][] {numbers.clone()}, true);
  }

  /**
   * Regions that may lie within each other.
   *
   * @param regions name to voxels, one or more on one grid, in the order of their numbers
   * @return the regions
   * @throws IllegalArgumentException if there are none or the grids differ
   */
  public static VolumeLabels of(Map<String, VolumeMask> regions) {
    Arguments.require(!regions.isEmpty(), "regions must be at least one, got %s", regions);
    List<VolumeMask> masks = List.copyOf(regions.values());
    VolumeGrid grid = masks.get(0).grid();
    short[][] maps = new short[masks.size()][grid.voxels()];
    List<String> names = new ArrayList<>(regions.keySet());
    for (int i = 0; i < maps.length; i++) {
      VolumeGrid own = masks.get(i).grid();
      Arguments.require(own.equals(grid), "regions must lie on one grid, got %s and %s", grid, own);
      boolean[] inside = masks.get(i).toArray();
      for (int voxel = 0; voxel < inside.length; voxel++) {
        maps[i][voxel] = (short) (inside[voxel] ? 1 : 0);
      }
    }
    return new VolumeLabels(grid, names, maps, false);
  }

  /**
   * Size and place of the voxels.
   *
   * @return the grid
   */
  public VolumeGrid grid() {
    return grid;
  }

  /**
   * What the regions are called.
   *
   * @return an unmodifiable list; the first has the number 1
   */
  public List<String> names() {
    return names;
  }

  /**
   * One region.
   *
   * @param name one of {@link #names()}
   * @return its voxels, also where another region lies within it
   * @throws IllegalArgumentException if there is no such name
   */
  public VolumeMask mask(String name) {
    int place = place(name);
    boolean[] inside = new boolean[grid.voxels()];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = has(place, i);
    }
    return VolumeMask.wrap(grid, inside);
  }

  /**
   * How many voxels a region has.
   *
   * @param name one of {@link #names()}
   * @return 0 or more
   * @throws IllegalArgumentException if there is no such name
   */
  public int count(String name) {
    return counts[place(name)];
  }

  /**
   * The volume of a region.
   *
   * @param name one of {@link #names()}
   * @return milliliters, 0 for an empty one; empty if the spacing is unknown
   * @throws IllegalArgumentException if there is no such name
   */
  public OptionalDouble volumeMl(String name) {
    int count = count(name);
    return grid.spacing().isKnown()
        ? OptionalDouble.of(count * grid.voxelVolumeMm3() / 1000)
        : OptionalDouble.empty();
  }

  /**
   * The label map: each voxel has the number of its region, 0 outside of all. Where regions lie
   * within each other, the one of fewer voxels is seen.
   *
   * @return a volume of one channel on the same grid
   */
  public MedicalVolume toVolume() {
    float[] samples = new float[grid.voxels()];
    if (exclusive) {
      for (int i = 0; i < samples.length; i++) {
        samples[i] = maps[0][i];
      }
      return MedicalVolume.wrap(grid, 1, samples);
    }
    List<String> largestFirst = new ArrayList<>(names);
    largestFirst.sort(Comparator.comparingInt(this::count).reversed());
    for (String name : largestFirst) {
      int place = place(name);
      for (int i = 0; i < samples.length; i++) {
        samples[i] = has(place, i) ? place + 1 : samples[i];
      }
    }
    return MedicalVolume.wrap(grid, 1, samples);
  }

  /**
   * The regions without some voxels.
   *
   * @param taken what is left out of all of them
   * @return new regions of the same names
   * @throws IllegalArgumentException if it has another number of voxels
   */
  public VolumeLabels without(VolumeMask taken) {
    boolean[] out = taken.toArray();
    Arguments.require(
        out.length == grid.voxels(),
        "taken must have %s voxels, got %s",
        grid.voxels(),
        out.length);
    short[][] rest = new short[maps.length][];
    for (int i = 0; i < maps.length; i++) {
      rest[i] = maps[i].clone();
      for (int voxel = 0; voxel < out.length; voxel++) {
        rest[i][voxel] = out[voxel] ? 0 : rest[i][voxel];
      }
    }
    return new VolumeLabels(grid, names, rest, exclusive);
  }

  private int place(String name) {
    int place = names.indexOf(name);
    Arguments.require(place >= 0, "name must be one of %s, got '%s'", names, name);
    return place;
  }

  private boolean has(int place, int voxel) {
    return exclusive ? maps[0][voxel] == place + 1 : maps[place][voxel] != 0;
  }

  /** Grid, and of each region the name and the number of its voxels. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      parts.add(names.get(i) + ": " + counts[i]);
    }
    return "VolumeLabels[" + grid + ", " + String.join(", ", parts) + "]";
  }
}
