package io.rollcall.notification;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.rollcall.document.DocumentLimits;
import io.rollcall.document.JsonPlace;
import io.rollcall.document.Publication;
import io.rollcall.document.PublicationReader;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message from a WebSocket client: {@code {"type":"modify","ref":"7","tuple":"t…","etag":"…","state":"busy"}}. What it
 * publishes stands beside the other members, or as an object of its own, {@code "publication"}, or as PIDF in a string,
 * {@code "pidf"}.
 */
final class SocketMessage {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(16).build())
            .build();
    private static final PublicationReader READER = new PublicationReader(DocumentLimits.DEFAULT);
    private static final int NO_PUBLICATION = 2;
    private static final int MOST_REF = 128;
    /** The member of a problem that tells which message it is about. */
    static final String REF = "ref";

    String type = "";
    @Nullable String ref;
    @Nullable String account;
    @Nullable String tuple;
    @Nullable String etag;
    @Nullable Long expires;
    @Nullable String maxRate;
    List<String> accounts = List.of();
    List<String> groups = List.of();
    /** Whether it is about who watches the sender's own account. */
    boolean watchers;
    private @Nullable String pidf;
    private final ByteArrayOutputStream publication = new ByteArrayOutputStream(256);

    private SocketMessage() {}

    /**
     * Reads a message.
     *
     * @throws Problem if it is none; it carries the message's {@code ref}, where there is one, as a member
     */
    static SocketMessage read(byte[] text) {
        SocketMessage message = new SocketMessage();
        try (JsonParser in = JSON.createParser(text);
                JsonGenerator rest = JSON.createGenerator(message.publication)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw invalid(message, "A message is one JSON object");
            }
            rest.writeStartObject();
            for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
                message.member(name, in, rest);
            }
            rest.writeEndObject();
        } catch (IOException malformed) {
            throw invalid(message, "A message is one JSON object, in UTF-8; it is none " + JsonPlace.of(malformed));
        }
        return message;
    }

    private void member(String name, JsonParser in, JsonGenerator rest) throws IOException {
        in.nextToken();
        switch (name) {
            case "type" -> type = text(name, in);
            case "ref" -> ref = ref(in);
            case "account" -> account = text(name, in);
            case "tuple" -> tuple = text(name, in);
            case "etag" -> etag = text(name, in);
            case "pidf" -> pidf = text(name, in);
            case "expires" -> expires = number(name, in);
            case "maxRate" -> maxRate = rate(name, in);
            case "accounts" -> accounts = texts(name, in);
            case "groups" -> groups = texts(name, in);
            case "watchers" -> watchers = truth(name, in);
            case "publication" -> members(in, rest);
            default -> {
                rest.writeFieldName(name);
                rest.copyCurrentStructure(in);
            }
        }
    }

    private void members(JsonParser in, JsonGenerator rest) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw invalid(this, "publication must be an object");
        }
        while (in.nextToken() != JsonToken.END_OBJECT) {
            rest.copyCurrentStructure(in);
        }
    }

    private String ref(JsonParser in) throws IOException {
        String given = in.currentToken() == JsonToken.VALUE_NUMBER_INT ? in.getText() : text(REF, in);
        if (given.length() > MOST_REF) {
            throw invalid(this, "ref may have at most " + MOST_REF + " characters");
        }
        return given;
    }

    private String text(String name, JsonParser in) throws IOException {
        if (in.currentToken() != JsonToken.VALUE_STRING) {
            throw invalid(this, name + " must be a string");
        }
        return in.getText();
    }

    private long number(String name, JsonParser in) throws IOException {
        if (in.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw invalid(this, name + " must be a whole number of seconds");
        }
        return in.getLongValue();
    }

    private boolean truth(String name, JsonParser in) throws IOException {
        if (!in.currentToken().isBoolean()) {
            throw invalid(this, name + " must be true or false");
        }
        return in.getBooleanValue();
    }

    private String rate(String name, JsonParser in) throws IOException {
        if (!in.currentToken().isNumeric()) {
            throw invalid(this, name + " must be a number");
        }
        return in.getText();
    }

    private List<String> texts(String name, JsonParser in) throws IOException {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            throw invalid(this, name + " must be an array of strings");
        }
        List<String> texts = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            texts.add(text(name, in));
        }
        return texts;
    }

    /** How many bytes the publication has; none if there is none. */
    int publicationSize() {
        return pidf != null ? pidf.length() : publication.size() - NO_PUBLICATION;
    }

    boolean publishes() {
        return publicationSize() > 0;
    }

    /** What it publishes for an account. */
    Publication publication(String address) {
        if (pidf != null) {
            return READER.readPidf(pidf.getBytes(StandardCharsets.UTF_8), "UTF-8", address);
        }
        return READER.readJson(publication.toByteArray());
    }

    /** @throws Problem naming the member, if it is missing */
    String required(@Nullable String value, String name) {
        if (value == null) {
            throw new Problem(Kind.INVALID_REQUEST, "A " + type + " needs the member " + name);
        }
        return value;
    }

    private static Problem invalid(SocketMessage message, String detail) {
        Problem problem = new Problem(Kind.INVALID_REQUEST, detail);
        return message.ref == null ? problem : problem.with(REF, message.ref);
    }
}
