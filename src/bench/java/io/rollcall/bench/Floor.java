package io.rollcall.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** The bare container: the same Liberty with the same options for Java, and an application that does nothing. */
final class Floor {
    private static final String NAME = "floor";
    private static final String CLASSES = "io/rollcall/bench/floor";
    private static final String SERVER =
            """
            <server>
              <featureManager>
                <feature>servlet-6.0</feature>
                <feature>restfulWS-3.1</feature>
                <feature>websocket-2.1</feature>
              </featureManager>
              <httpEndpoint id="defaultHttpEndpoint" host="localhost" httpPort="${bench.http.port}" httpsPort="-1">
                <httpOptions maxKeepAliveRequests="-1" persistTimeout="120s" removeServerHeader="true"/>
              </httpEndpoint>
              <webApplication location="floor.war" contextRoot="/floor"/>
              <webContainer deferServletLoad="false" disableXPoweredBy="true"/>
            </server>
            """;

    private Floor() {}

    static ServerProcess start(Settings settings) throws IOException, InterruptedException {
        Path users = settings.folder().resolve("floor");
        Path server = users.resolve("servers").resolve(NAME);
        Folders.delete(users);
        Files.createDirectories(server.resolve("apps"));
        Files.writeString(server.resolve("server.xml"), SERVER);
        Path options = settings.project().resolve("liberty/jvm.options");
        if (Files.exists(options)) {
            Files.copy(options, server.resolve("jvm.options"));
        }
        pack(settings.build().resolve("test-classes"), server.resolve("apps/floor.war"));
        Map<String, String> environment = Map.of("BENCH_HTTP_PORT", Integer.toString(settings.port()));
        return ServerProcess.start(settings.liberty(), users, NAME, environment, settings.port(), "/floor/api/empty");
    }

    private static void pack(Path classes, Path war) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(classes.resolve(CLASSES))) {
            files = walk.filter(Files::isRegularFile).toList();
        }
        try (OutputStream out = Files.newOutputStream(war);
                JarOutputStream jar = new JarOutputStream(out)) {
            for (Path file : files) {
                jar.putNextEntry(new JarEntry("WEB-INF/classes/" + classes.relativize(file)));
                Files.copy(file, jar);
                jar.closeEntry();
            }
        }
    }
}
