package io.rollcall.subscription;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.rollcall.document.Address;
import io.rollcall.document.JsonPlace;
import io.rollcall.http.Format;
import io.rollcall.http.Requests;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import io.rollcall.webhook.Secret;
import io.rollcall.webhook.Targets;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants of a list: {@code {"accounts":["alice@example.com"],"groups":["sales"],"delivery":"stream",
 * "expires":3600}}; accounts or groups may be missing, not both. With delivery {@code jms} or {@code webhook} there may be
 * {@code format} and {@code maxRate} too, with {@code webhook} {@code url} and {@code secret}.
 *
 * @param delivery null leaves it as it is, of a new list {@code stream}
 * @param expires seconds; null leaves it to the server
 */
record ListRequest(
        Set<Address> accounts,
        Set<String> groups,
        @Nullable Delivery delivery,
        @Nullable Long expires,
        OutletRequest outlet) {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int MOST_GROUPS = 100;

    /**
     * Reads a request.
     *
     * @param mostAccounts how many accounts it may name
     * @param targets where a webhook may be
     * @throws Problem {@link Kind#INVALID_REQUEST} saying what is wrong; {@link Kind#FORBIDDEN} for a webhook where none
     *     may be
     */
    static ListRequest read(byte[] body, int mostAccounts, Targets targets) {
        try (JsonParser in = JSON.createParser(body)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw invalid("A list is one JSON object: {\"accounts\":[\"alice@example.com\"]}");
            }
            ListRequest request = members(in, mostAccounts, targets);
            if (in.nextToken() != null) {
                throw invalid("Nothing may follow the JSON object");
            }
            return request;
        } catch (IOException malformed) {
            throw invalid("A list is one JSON object, in UTF-8, such as {\"accounts\":[\"alice@example.com\"]}; it is none "
                    + JsonPlace.of(malformed));
        }
    }

    private static ListRequest members(JsonParser in, int mostAccounts, Targets targets) throws IOException {
        Set<Address> accounts = new LinkedHashSet<>();
        Set<String> groups = new LinkedHashSet<>();
        Delivery delivery = null;
        Long expires = null;
        Format format = null;
        String maxRate = null;
        boolean unlimited = false;
        String url = null;
        Secret secret = null;
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            in.nextToken();
            switch (name) {
                case "accounts" -> texts(name, in, mostAccounts).forEach(text -> accounts.add(Requests.address(text)));
                case "groups" -> groups.addAll(texts(name, in, MOST_GROUPS));
                case "delivery" -> delivery = Delivery.named(text(name, in));
                case "expires" -> expires = seconds(in);
                case "format" -> format = Format.ofParameter(text(name, in));
                case "maxRate" -> {
                    unlimited = in.currentToken() == JsonToken.VALUE_NULL;
                    maxRate = unlimited ? null : rate(in);
                }
                case "url" -> url = text(name, in);
                case "secret" -> secret = Secret.of(text(name, in));
                default -> throw invalid("A list has accounts, groups, delivery, expires, format, maxRate, url and"
                        + " secret; not '" + name + "'");
            }
        }
        if (in.currentToken() != JsonToken.END_OBJECT) {
            throw invalid("The JSON object does not end");
        }
        if (accounts.isEmpty() && groups.isEmpty()) {
            throw invalid("Name accounts or groups: {\"accounts\":[\"alice@example.com\"],\"groups\":[\"sales\"]}");
        }
        // once, whatever is said how often: a name may have to be looked up
        URI target = url == null ? null : targets.target(url);
        return new ListRequest(
                accounts, groups, delivery, expires, new OutletRequest(format, maxRate, unlimited, target, secret));
    }

    private static List<String> texts(String name, JsonParser in, int most) throws IOException {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            throw invalid(name + " must be an array of strings");
        }
        List<String> texts = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            if (texts.size() == most) {
                throw invalid("A list may name at most " + most + " " + name);
            }
            texts.add(text(name, in));
        }
        return texts;
    }

    private static String text(String name, JsonParser in) throws IOException {
        if (in.currentToken() != JsonToken.VALUE_STRING) {
            throw invalid(name + " must be a string, or hold strings");
        }
        return in.getText();
    }

    private static long seconds(JsonParser in) throws IOException {
        if (in.currentToken() != JsonToken.VALUE_NUMBER_INT || in.getLongValue() < 0) {
            throw invalid("expires must be a whole number of seconds");
        }
        return in.getLongValue();
    }

    private static String rate(JsonParser in) throws IOException {
        if (!in.currentToken().isNumeric()) {
            throw invalid("maxRate must be a number, or null for no limit");
        }
        Requests.window(in.getText());
        return in.getText();
    }

    private static Problem invalid(String detail) {
        return new Problem(Kind.INVALID_REQUEST, detail);
    }
}
