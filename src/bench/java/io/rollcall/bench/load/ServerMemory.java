package io.rollcall.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the server's Java machine holds in memory, in bytes.
 *
 * @param heap what is left of the heap after a full collection
 * @param resident what the operating system gives it
 */
record ServerMemory(long heap, long resident) {
    private static final String RESIDENT = "VmRSS:";
    private static final int BYTES = 2;
    private static final long KILOBYTE = 1024;

    static ServerMemory of(long pid) throws IOException, InterruptedException {
        return new ServerMemory(heap(pid), resident(pid));
    }

    /** The histogram of classes counts what is alive, and ends with a line: Total, instances, bytes. */
    private static long heap(long pid) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process = new ProcessBuilder(jcmd, Long.toString(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        long bytes = 0;
        try (BufferedReader out = process.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("Total")) {
                    bytes = Long.parseLong(line.strip().split("\\s+")[BYTES]);
                }
            }
        }
        process.waitFor();
        return bytes;
    }

    private static long resident(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith(RESIDENT)) {
                return Long.parseLong(line.substring(RESIDENT.length()).strip().split(" ")[0]) * KILOBYTE;
            }
        }
        return 0;
    }
}
