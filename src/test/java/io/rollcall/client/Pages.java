package io.rollcall.client;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** What a browser does with redirects and cookies, one step at a time. */
public final class Pages {
    private static final int MOST_STEPS = 10;
    private static final int FOUND = 302;

    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final List<String> set = new ArrayList<>();
    private final HttpClient http;

    Pages(SSLContext tls) {
        http = HttpClient.newBuilder()
                .sslContext(tls)
                .cookieHandler(cookies)
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** Asks for one page. */
    public Answer get(String uri) {
        try {
            Answer answer =
                    Answer.of(http.send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofByteArray()));
            set.addAll(answer.headers().allValues("Set-Cookie"));
            return answer;
        } catch (IOException broken) {
            throw new AssertionError(uri + " was not answered", broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /** A cookie as it was set last. */
    public String cookie(String name) {
        return set.stream()
                .filter(cookie -> cookie.startsWith(name + '='))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    /** Follows redirects until one leads to an address that begins so, and gives that. */
    public String follow(String from, String until) {
        String at = from;
        for (int step = 0; step < MOST_STEPS; step++) {
            Answer answer = get(at);
            if (answer.status() != FOUND) {
                throw new AssertionError(at + " leads nowhere: " + answer);
            }
            at = URI.create(at).resolve(answer.header("Location")).toString();
            if (at.startsWith(until)) {
                return at;
            }
        }
        throw new AssertionError("No such page after " + MOST_STEPS + " redirects, but " + at);
    }

    /** Follows redirects to the end, and gives the address and the answer there. */
    public Page end(String from) {
        String at = from;
        for (int step = 0; step < MOST_STEPS; step++) {
            Answer answer = get(at);
            if (answer.status() != FOUND) {
                return new Page(at, answer);
            }
            at = URI.create(at).resolve(answer.header("Location")).toString();
        }
        throw new AssertionError("No page after " + MOST_STEPS + " redirects, but " + at);
    }

    /** What an address answered. */
    public record Page(String address, Answer answer) {}
}
