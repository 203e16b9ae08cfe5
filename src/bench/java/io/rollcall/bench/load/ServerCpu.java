package io.rollcall.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The processor time that the server, its database and its broker have used, as Linux counts it in {@code /proc}. */
final class ServerCpu {
    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int USER_OF_ENDED = 13;
    private static final int SYSTEM_OF_ENDED = 14;
    /** The kernel shows its times in hundredths of a second. */
    private static final long TICK = TimeUnit.MILLISECONDS.toMicros(10);

    private ServerCpu() {}

    /** Microseconds so far; with the other processes' children, running and ended ones. */
    static long micros(long serverPid, int[] otherPids) {
        long ticks = ticks(serverPid, false);
        for (int pid : otherPids) {
            ticks += ticks(pid, true);
            ticks += ProcessHandle.of(pid).stream()
                    .flatMap(ProcessHandle::descendants)
                    .mapToLong(child -> ticks(child.pid(), true))
                    .sum();
        }
        return ticks * TICK;
    }

    /** Microseconds that a Java process has spent on compiling for speed so far; 0 where that cannot be seen. */
    static long compilerMicros(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.filter(ServerCpu::isCompiler).mapToLong(thread -> ticks(thread, false)).sum() * TICK;
        } catch (IOException elsewhere) {
            return 0;
        }
    }

    private static boolean isCompiler(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).startsWith("C2 Compiler");
        } catch (IOException ended) {
            return false;
        }
    }

    private static long ticks(long pid, boolean withEnded) {
        return ticks(Path.of("/proc", Long.toString(pid)), withEnded);
    }

    private static long ticks(Path process, boolean withEnded) {
        try {
            String stat = Files.readString(process.resolve("stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long ticks = Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]);
            if (withEnded) {
                ticks += Long.parseLong(fields[USER_OF_ENDED]) + Long.parseLong(fields[SYSTEM_OF_ENDED]);
            }
            return ticks;
        } catch (IOException ended) {
            return 0;
        }
    }
}
