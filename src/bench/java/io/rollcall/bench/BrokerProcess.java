package io.rollcall.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** An ActiveMQ Artemis broker in a process of its own. */
final class BrokerProcess implements AutoCloseable {
    private static final int START_SECONDS = 60;
    private static final long LOOK_AGAIN = 100;

    private final Process process;
    private final int port;
    private final Path log;

    private BrokerProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** Starts a broker and waits until it listens. */
    static BrokerProcess start(Path folder, int port) throws IOException, InterruptedException {
        Path log = folder.resolve("broker.log");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Broker.class.getName(),
                        Integer.toString(port))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        BrokerProcess broker = new BrokerProcess(process, port, log);
        broker.awaitListening();
        return broker;
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    private void awaitListening() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!listens()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                close();
                throw new IOException("the broker does not listen; see " + log);
            }
            Thread.sleep(LOOK_AGAIN);
        }
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Ends it; it has nothing to keep, and ends by itself with this process. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
