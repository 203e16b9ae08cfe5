package io.rollcall.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a server's process uses of its machine. */
public final class Probe {
    private final String processId;
    private final Client admin;

    Probe(String processId, String url) {
        this.processId = processId;
        this.admin = Client.as("admin", url);
    }

    /** Of the server that all tests share. */
    public static Probe ofSharedServer() {
        Path wlp = Path.of(System.getProperty("rollcall.wlp", "target/liberty/wlp"));
        try {
            String id = Files.readString(wlp.resolve("usr/servers/.pid/rollcall-it.pid"), StandardCharsets.UTF_8).strip();
            return new Probe(id, Client.SERVER);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Bytes of all objects that are alive: after a full collection, without what was made since. */
    public long heap() {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin/jcmd");
        ProcessBuilder histogram = new ProcessBuilder(jcmd.toString(), processId, "GC.class_histogram");
        try (BufferedReader lines = histogram.start().inputReader()) {
            String total = lines.lines()
                    .filter(line -> line.startsWith("Total "))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("jcmd told nothing of process " + processId));
            return Long.parseLong(total.replaceFirst(".* ", ""));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public long threads() {
        return metric("jvm_threads_live_threads");
    }

    /** Files and connections that are open; of Linux only, elsewhere 0. */
    public long openFiles() {
        Path open = Path.of("/proc", processId, "fd");
        if (!Files.exists(open)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(open)) {
            return files.count();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The sum of all lines of a meter that begin so. */
    public long metric(String name) {
        return admin.get("/metrics").is(200).text().lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> (long) Double.parseDouble(line.replaceFirst(".* ", "")))
                .sum();
    }
}
