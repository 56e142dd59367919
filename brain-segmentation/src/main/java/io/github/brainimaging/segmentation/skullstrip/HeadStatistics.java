package io.github.brainimaging.segmentation.skullstrip;

import io.github.brainimaging.segmentation.internal.OrderStatistic;
import java.util.Arrays;

/**
 * What is known of a head before its brain is found (S. M. Smith, "Fast robust automated brain
 * extraction", 2002, section 2.1). Lengths are in millimeters from the first voxel.
 *
 * @param darkest gray value below which 2 % of the volume lie
 * @param brightest gray value below which 98 % lie
 * @param tissue gray value of a tenth of the way between, that parts the head from the background
 * @param median the median within the sphere
 * @param x center of the head, weighted by its gray values
 * @param y the same
 * @param z the same
 * @param radius of a sphere of the head's volume; 0 if there is no head
 */
record HeadStatistics(
    double darkest,
    double brightest,
    double tissue,
    double median,
    double x,
    double y,
    double z,
    double radius) {

  static HeadStatistics of(VoxelField field) {
    float[] gray = field.samples();
    double darkest = OrderStatistic.of(gray, gray.length, 0.02);
    double brightest = OrderStatistic.of(gray, gray.length, 0.98);
    double tissue = darkest + 0.1 * (brightest - darkest);
    double sum = 0;
    double sumX = 0;
    double sumY = 0;
    double sumZ = 0;
    int count = 0;
    int i = 0;
    for (int z = 0; z < field.depth(); z++) {
      for (int y = 0; y < field.height(); y++) {
        double row = 0;
        for (int x = 0; x < field.width(); x++, i++) {
          if (gray[i] > tissue) {
            double weight = Math.min(gray[i], brightest) - darkest;
            row += weight;
            sumX += weight * x;
            count++;
          }
        }
        sum += row;
        sumY += row * y;
        sumZ += row * z;
      }
    }
    double volume = count * field.stepX() * field.stepY() * field.stepZ();
    double radius = Math.cbrt(volume * 3 / (4 * Math.PI));
    double cx = sumX / sum * field.stepX();
    double cy = sumY / sum * field.stepY();
    double cz = sumZ / sum * field.stepZ();
    double median = sum > 0 ? medianWithin(field, darkest, brightest, cx, cy, cz, radius) : darkest;
    return new HeadStatistics(darkest, brightest, tissue, median, cx, cy, cz, sum > 0 ? radius : 0);
  }

  private static double medianWithin(
      VoxelField field, double low, double high, double cx, double cy, double cz, double radius) {
    float[] inside = new float[1024];
    int n = 0;
    int i = 0;
    for (int z = 0; z < field.depth(); z++) {
      double dz = z * field.stepZ() - cz;
      for (int y = 0; y < field.height(); y++) {
        double dy = y * field.stepY() - cy;
        for (int x = 0; x < field.width(); x++, i++) {
          double dx = x * field.stepX() - cx;
          float v = field.samples()[i];
          if (v > low && v < high && dx * dx + dy * dy + dz * dz < radius * radius) {
            inside = n == inside.length ? Arrays.copyOf(inside, 2 * n) : inside;
            inside[n++] = v;
          }
        }
      }
    }
    return n == 0 ? low : OrderStatistic.of(inside, n, 0.5);
  }
}
