package io.rollcall.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Documents to test with, and the shortest ways through reader and writer. */
public final class Documents {
    static final String ALICE = "alice@example.com";
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final PublicationReader READER = new PublicationReader(DocumentLimits.DEFAULT);

    private static final Path FOLDER = Path.of("src", "test", "resources", "documents");

    private Documents() {}

    public static byte[] bytes(String name) {
        try (InputStream in = Documents.class.getResourceAsStream("/documents/" + name)) {
            return in == null ? new byte[0] : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<String> names(String folder) {
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Publication read(String name) {
        return READER.readPidf(bytes(name), charset(name), ALICE);
    }

    public static @Nullable String charset(String name) {
        return name.startsWith("charset-by-content-type") ? "iso-8859-1" : null;
    }

    /** Reads a document of these elements, with prefixes dm, rpid, cipid and x. */
    static Publication pidf(String elements) {
        return READER.readPidf(document(elements).getBytes(StandardCharsets.UTF_8), null, ALICE);
    }

    static String document(String elements) {
        return "<presence" + Namespaces.DECLARATIONS + " xmlns:x='urn:example:x' entity='pres:alice@example.com'>"
                + elements + "</presence>";
    }

    static Publication json(String json) {
        return READER.readJson(json.getBytes(StandardCharsets.UTF_8));
    }

    /** An open tuple with these elements behind its status. */
    static String tuple(String elements) {
        return "<tuple id='t'><status><basic>open</basic></status>" + elements + "</tuple>";
    }

    static String write(Publication publication) {
        return SchemaCheck.valid(PidfWriter.write(ALICE, "t1", publication, NOON));
    }

    static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
