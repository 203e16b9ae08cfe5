package io.rollcall.bench;

import java.util.Map;

/**
 * What one workload came to.
 *
 * @param scale what was varied, in words; empty where nothing was
 * @param values the load generator's results by name
 * @param floor throughput per second of the bare container under the same load, in the same run; 0 if there is none
 */
record Result(
        String workload, String setup, String transport, String scale, Map<String, Double> values, double floor) {

    double value(String name) {
        return values.getOrDefault(name, 0.0);
    }

    double throughput() {
        return value("throughput");
    }

    /** Whether something went wrong that must not. */
    boolean hasFaults() {
        return value("lost") + value("reordered") + value("failed") + value("unfinished") + value("closed") > 0;
    }
}
