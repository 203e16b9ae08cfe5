package io.rollcall.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How many files, connections among them, processes may open. */
final class OpenFiles {
    private static final String LIMIT = "Max open files";
    /** Left free, for what the processes open besides. */
    private static final long RESERVE = 150;

    private OpenFiles() {}

    /** How many connections there is still room for between the server and this process. */
    static long room(long serverPid) throws IOException {
        return Math.min(left(serverPid), left(ProcessHandle.current().pid())) - RESERVE;
    }

    private static long left(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        long open;
        try (Stream<Path> files = Files.list(process.resolve("fd"))) {
            open = files.count();
        }
        for (String line : Files.readAllLines(process.resolve("limits"))) {
            if (line.startsWith(LIMIT)) {
                return Long.parseLong(line.substring(LIMIT.length()).strip().split(" ")[0]) - open;
            }
        }
        throw new IOException("no limit of open files is known for process " + pid);
    }
}
