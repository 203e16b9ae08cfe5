package io.rollcall.bench.load;

import java.util.Arrays;

/** A histogram of times, exact to one in 64. */
final class Latencies {
    private static final int PRECISION = 6;
    private static final int HALF = 1 << PRECISION;
    private static final double NANOS = 1e6;

    private final long[] counts = new long[(Long.SIZE - PRECISION) * HALF];
    private long total;

    void record(long nanos) {
        counts[index(Math.max(0, nanos))]++;
        total++;
    }

    long total() {
        return total;
    }

    void clear() {
        Arrays.fill(counts, 0);
        total = 0;
    }

    /** Milliseconds that this share of the times does not exceed; 0 if there are none. */
    double millis(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= rank) {
                return middle(i) / NANOS;
            }
        }
        return 0;
    }

    private static int index(long nanos) {
        int shift = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(nanos) - PRECISION - 1);
        return shift * HALF + (int) (nanos >>> shift);
    }

    private static double middle(int index) {
        int shift = Math.max(0, index / HALF - 1);
        long low = (long) (index - shift * HALF) << shift;
        return low + (1L << shift) / 2.0;
    }
}
