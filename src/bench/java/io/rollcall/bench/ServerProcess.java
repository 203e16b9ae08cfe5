package io.rollcall.bench;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Liberty server that the benchmark started. */
final class ServerProcess implements AutoCloseable {
    private static final int START_SECONDS = 120;
    private static final int STOP_SECONDS = 60;
    private static final long LOOK_AGAIN = 200;

    private final Process process;
    private final int port;
    private final Path log;

    private ServerProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @param users the folder that has {@code servers/<name>}
     * @param ready the path that answers with success once it is up
     */
    static ServerProcess start(
            Path liberty, Path users, String name, Map<String, String> environment, int port, String ready)
            throws IOException, InterruptedException {
        Path log = users.resolve(name + ".log");
        ProcessBuilder command = new ProcessBuilder(liberty.resolve("bin/server").toString(), "run", name);
        command.environment().put("JAVA_HOME", System.getProperty("java.home"));
        command.environment().put("WLP_USER_DIR", users.toString());
        command.environment().putAll(environment);
        Process process = command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        ServerProcess server = new ServerProcess(process, port, log);
        Runtime.getRuntime().addShutdownHook(new Thread(server::kill));
        server.awaitReady(ready);
        return server;
    }

    int port() {
        return port;
    }

    /** The process of its Java machine. */
    long pid() {
        return all().filter(handle -> handle.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the server is gone; see " + log))
                .pid();
    }

    private Stream<ProcessHandle> all() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants());
    }

    private void awaitReady(String path) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!answers(path)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                kill();
                throw new IOException("the server does not answer " + path + "; see " + log);
            }
            Thread.sleep(LOOK_AGAIN);
        }
    }

    private boolean answers(String path) {
        try {
            URI uri = URI.create("http://localhost:" + port + path);
            return ((HttpURLConnection) uri.toURL().openConnection()).getResponseCode() < 300;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Stops it in good order, so that the database's files are whole. */
    @Override
    public void close() throws IOException {
        all().forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException interrupted) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    private void kill() {
        all().forEach(ProcessHandle::destroyForcibly);
    }
}
