package io.rollcall.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the load generator in a process of its own. */
final class Generator {
    private static final String MAIN = "io.rollcall.bench.load.LoadGenerator";
    private static final String RESULT = "result ";

    private Generator() {}

    /** Runs it to its end; returns its results by name. */
    static Map<String, Double> run(Map<String, Object> plan) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms512m",
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                MAIN));
        plan.forEach((name, value) -> command.add(name + '=' + value));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread end = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(end);
        Map<String, Double> results = new LinkedHashMap<>();
        try (BufferedReader out = process.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(RESULT)) {
                    int equals = line.indexOf('=');
                    results.put(line.substring(RESULT.length(), equals), Double.valueOf(line.substring(equals + 1)));
                }
            }
        }
        if (process.waitFor() != 0) {
            throw new IOException("the load generator failed at " + plan);
        }
        Runtime.getRuntime().removeShutdownHook(end);
        return results;
    }
}
