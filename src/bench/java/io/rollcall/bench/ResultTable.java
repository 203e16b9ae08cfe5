package io.rollcall.bench;

import java.util.List;
import java.util.Locale;

/** Prints the results for people. */
final class ResultTable {
    private static final String HEAD = String.format(
            "%-8s %-10s %-9s %-26s %10s %7s %6s %8s %8s %8s %8s %8s %6s %6s %6s %5s%n",
            "workload", "set-up", "transport", "", "per s", "floor", "ratio", "µs CPU", "p50 ms", "p99 ms", "p99.9 ms",
            "last ms", "lost", "reord.", "failed", "gen.");

    private ResultTable() {}

    static String head() {
        return HEAD;
    }

    static String of(List<Result> results) {
        StringBuilder table = new StringBuilder(HEAD);
        results.forEach(result -> table.append(line(result)));
        results.stream().filter(result -> result.value("watchers") > 0).forEach(result -> table.append(memory(result)));
        return table.append(
                        """

                        per s: changes in W1, notifications delivered in W2; in W3 watchers divided by the time of the
                        last one. floor: the bare container under the same load in this run. µs CPU: of the server and
                        its database and broker, per operation. W2: times from publication to receipt, at 30 % of the highest
                        rate, or at the one that is named. gen.: processors that the load generator used. lost, reord. and failed must be 0.
                        """)
                .toString();
    }

    private static String memory(Result result) {
        return String.format(
                Locale.ROOT,
                "%s %s %s: %.1f KB of heap and %.1f KB outside of it each%n",
                result.setup(),
                result.transport(),
                result.scale(),
                result.value("heapKilobytesPerWatcher"),
                result.value("nativeKilobytesPerWatcher"));
    }

    static String line(Result result) {
        return String.format(
                Locale.ROOT,
                "%-8s %-10s %-9s %-26s %10.0f %7.0f %6s %8.1f %8.2f %8.2f %8.2f %8.2f %6.0f %6.0f %6.0f %5.2f%n",
                result.workload(),
                result.setup(),
                result.transport(),
                result.scale(),
                result.throughput(),
                result.floor(),
                result.floor() == 0 ? "" : String.format(Locale.ROOT, "%.2f", result.throughput() / result.floor()),
                result.value("serverCpuMicros"),
                result.value("p50Millis"),
                result.value("p99Millis"),
                result.value("p999Millis"),
                result.value("lastMillis"),
                result.value("lost"),
                result.value("reordered"),
                result.value("failed"),
                result.value("generatorCores"));
    }
}
