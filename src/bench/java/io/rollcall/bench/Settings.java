package io.rollcall.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * What to run, from the system properties {@code bench.*} that Maven passes on.
 *
 * @param project the project's folder
 * @param build where Maven builds
 * @param only the workloads, of {@code W1}, {@code W2}, {@code W3}, {@code growth}
 * @param setups of {@code embedded}, {@code postgresql}, {@code production}
 * @param transports of {@code http}, {@code websocket}, {@code sse}
 * @param seconds of each measurement
 * @param warmUp seconds before the first measurement of each kind
 * @param publishers WebSockets that publish
 * @param window requests in flight on each of them; over HTTP, connections for each of them
 * @param port the first of the ports that are used
 */
record Settings(
        Path project,
        Path build,
        Set<String> only,
        List<String> setups,
        Set<String> transports,
        int seconds,
        int warmUp,
        int publishers,
        int window,
        int port) {

    static Settings fromSystemProperties() {
        return new Settings(
                Path.of(text("project", ".")).toAbsolutePath(),
                Path.of(text("build", "target")).toAbsolutePath(),
                Set.of(text("only", "W1,W2,W3,growth").split(",")),
                List.of(text("setup", "postgresql").split(",")),
                Set.of(text("transports", "http,websocket,sse").split(",")),
                number("seconds", 20),
                number("warmUp", 25),
                number("publishers", 64),
                number("window", 8),
                number("port", 18100));
    }

    private static String text(String name, String otherwise) {
        String value = System.getProperty("bench." + name, "");
        return value.isBlank() ? otherwise : value.strip();
    }

    private static int number(String name, int otherwise) {
        return Integer.parseInt(text(name, Integer.toString(otherwise)));
    }

    boolean runs(String workload) {
        return only.contains(workload);
    }

    /** Where the benchmark keeps what it makes. */
    Path folder() {
        return build.resolve("bench");
    }

    Path liberty() {
        return build.resolve("liberty/wlp");
    }
}
