package io.rollcall.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * A server of its own, with the configuration of the shared one but for what its environment says: for tests that kill
 * it, or put another database behind it. It ends with the test, at the latest with the tests' own process.
 */
public final class ServerProcess implements AutoCloseable {
    private static final Path WLP = Path.of(System.getProperty("rollcall.wlp", "target/liberty/wlp"));
    private static final Duration START = Duration.ofMinutes(6);

    private final String name;
    private final int port = FreePort.find();
    private final int securePort = FreePort.find();
    private final Map<String, String> environment;
    private Process process;
    private SSLContext tls;

    private ServerProcess(String name, Map<String, String> settings) {
        this.name = name;
        environment = new HashMap<>(settings);
        environment.put("ROLLCALL_HTTP_PORT", String.valueOf(port));
        environment.put("ROLLCALL_HTTPS_PORT", "-1");
        environment.put("ROLLCALL_DATA", data().resolve(name).toString());
        environment.put("ROLLCALL_EXPIRES_MIN", "1");
    }

    /** The folder of all that tests store; it is emptied before they run. */
    static Path data() {
        return WLP.resolve("../../it-data").normalize().toAbsolutePath();
    }

    /**
     * Starts a server with an empty data folder and waits until it is ready.
     *
     * @param settings environment variables, such as ROLLCALL_DB_KIND
     */
    public static ServerProcess start(String name, Map<String, String> settings) {
        ServerProcess server = prepared(name, settings);
        server.start();
        return server;
    }

    /** The same with the sample application beside it, as liberty/SERVICES.md says. */
    public static ServerProcess startWithSample(String name, Map<String, String> settings) {
        ServerProcess server = prepared(name, settings);
        Path war = Path.of(System.getProperty("rollcall.sample.war", "target/rollcall-sample.war"));
        server.add(war, "dropins/rollcall-sample.war");
        server.add(Path.of("src/samples/liberty/rollcall-sample.xml"), "configDropins/defaults/rollcall-sample.xml");
        server.start();
        return server;
    }

    /** The same with TLS besides, set up as liberty/production/README.md says, and cookies that are for TLS alone. */
    static ServerProcess startSecured(String name, Map<String, String> settings) {
        ServerProcess server = prepared(name, settings);
        Path keys = data().resolve(name + "-keys.p12");
        SelfSigned key = SelfSigned.of("localhost", data().resolve(name + "-trust.p12"));
        key.writeKeys(keys);
        server.tls = key.tls();
        server.set("ROLLCALL_TLS_KEYS", keys.toString());
        server.set("ROLLCALL_HTTPS_PORT", String.valueOf(server.securePort));
        server.set("ROLLCALL_TLS_PASSWORD", SelfSigned.KEYS_PASSWORD);
        server.set("ROLLCALL_COOKIE_SECURE", "true");
        server.start();
        return server;
    }

    private static ServerProcess prepared(String name, Map<String, String> settings) {
        ServerProcess server = new ServerProcess(name, settings);
        try {
            deleteAll(data().resolve(name));
            server.copyConfiguration();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return server;
    }

    private void add(Path file, String as) {
        try {
            Files.copy(file, placeFor(as));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path placeFor(String file) throws IOException {
        Path place = folder().resolve(file);
        Files.createDirectories(place.getParent());
        return place;
    }

    private Path folder() {
        return WLP.resolve("usr/servers").resolve(name);
    }

    /** Runs one of the container's own tools. */
    static void tool(String name, String... arguments) {
        List<String> command = new ArrayList<>(List.of(WLP.resolve("bin").resolve(name).toString()));
        command.addAll(List.of(arguments));
        try {
            Process running = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            int status = running.onExit().orTimeout(60, TimeUnit.SECONDS).join().exitValue();
            if (status != 0) {
                throw new AssertionError(name + " ended with status " + status);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public String url() {
        return "http://localhost:" + port;
    }

    /** Where one with TLS is reached by it. */
    public int securePort() {
        return securePort;
    }

    /** For clients of one with TLS. */
    public SSLContext tls() {
        return tls;
    }

    /** All that it has logged, and the incidents that its container has filed. */
    public String logs() {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder().resolve("logs"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
            return all.append(Files.readString(console(), StandardCharsets.ISO_8859_1)).toString();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path console() {
        return WLP.resolve("../../it-" + name + ".log");
    }

    /** What it uses of this machine; until it is stopped. */
    public Probe probe() {
        return new Probe(String.valueOf(process.pid()), url());
    }

    /** Has it start differently from the next time on. */
    public void set(String variable, String value) {
        environment.put(variable, value);
    }

    /** Starts it again with the data it left behind. */
    public void start() {
        Path log = console();
        ProcessBuilder builder = new ProcessBuilder(WLP.resolve("bin/server").toString(), "run", name);
        builder.environment().keySet().removeIf(variable -> variable.startsWith("ROLLCALL_"));
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            process = builder.start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
        Client nobody = Client.nobodyAt(url());
        Await.until(name + " is ready; see " + log, START, () -> {
            if (!process.isAlive()) {
                throw new AssertionError(name + " has ended; see " + log);
            }
            return nobody.answers("/health/ready");
        });
    }

    /** Has it listen to the broker no more, as if what listens had died. */
    public void deafen() {
        tool("server", "pause", name, "--target=rollcall#rollcall.war#ChangeListener");
    }

    /** Ends it without warning, like a power failure of its process. */
    public void kill() {
        // the script gives way to the server, which is so the process itself; a descendant there should not be
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** Asks it to end in good order, and does not wait for it. */
    public CompletableFuture<?> stop() {
        process.destroy();
        return process.onExit();
    }

    /** Ends it, quickly: nothing is looked at any more. */
    @Override
    public void close() {
        kill();
    }

    private void copyConfiguration() throws IOException {
        Path servers = WLP.resolve("usr/servers");
        Path from = servers.resolve("rollcall-it");
        Path to = folder();
        deleteAll(to);
        for (Path folder : List.of(from, from.resolve("apps"), from.resolve("artemis/META-INF"))) {
            Path copies = Files.createDirectories(to.resolve(from.relativize(folder)));
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    // the ports in there are the other server's
                    if (!file.endsWith("bootstrap.properties")) {
                        Files.copy(file, copies.resolve(file.getFileName()));
                    }
                }
            }
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> tree = Files.walk(folder)) {
                List<Path> leavesFirst = tree.sorted(Comparator.reverseOrder()).toList();
                for (Path path : leavesFirst) {
                    Files.delete(path);
                }
            }
        }
    }
}
