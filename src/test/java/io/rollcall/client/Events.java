package io.rollcall.client;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A stream of server-sent events, read as WHATWG HTML §9.2.6 says, and kept until a test asks for them. */
public final class Events implements AutoCloseable {
    /** How it is told that the server did not open a stream; the status follows. */
    public static final String REFUSED = "The stream was refused: ";

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(Tls.WITH_ANYBODY)
            .build();

    private final Lines lines = new Lines();
    private final HttpResponse<?> response;
    private int taken;

    private Events(HttpRequest request) throws IOException, InterruptedException {
        response = HTTP.send(request, head -> new Body(BodySubscribers.fromLineSubscriber(lines)));
        if (response.statusCode() != 200) {
            throw new AssertionError(REFUSED + response.statusCode());
        }
    }

    static Events open(HttpRequest.Builder request) {
        try {
            return new Events(request.build());
        } catch (IOException broken) {
            throw new AssertionError("No stream was opened", broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    public HttpResponse<?> response() {
        return response;
    }

    /** The next event that no earlier call gave. */
    public Event next() {
        return lines.get(taken++);
    }

    /** Takes events until one is as wanted, and gives that one. */
    public Event until(Predicate<Event> wanted) {
        Event event = next();
        while (!wanted.test(event)) {
            event = next();
        }
        return event;
    }

    public Event untilState(String state) {
        return until(event -> event.isPresence() && event.state().equals(state));
    }

    /** All events so far, taken or not. */
    public List<Event> all() {
        return lines.events();
    }

    public int comments() {
        return lines.comments();
    }

    /** Waits until the stream has ended, in whatever way. */
    public void untilEnd() {
        Await.until("the stream ended", lines::ended);
    }

    /** After how many milliseconds the server wishes the client to come back; 0 if it did not say. */
    public int retry() {
        return lines.retry();
    }

    @Override
    public void close() {
        lines.cancel();
    }

    /** A body that is there as soon as the head is, for a stream has no end to wait for. */
    private record Body(BodySubscriber<Void> lines) implements BodySubscriber<Void> {
        @Override
        public CompletionStage<Void> getBody() {
            return CompletableFuture.completedStage(null);
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            lines.onSubscribe(subscription);
        }

        @Override
        public void onNext(List<ByteBuffer> part) {
            lines.onNext(part);
        }

        @Override
        public void onError(Throwable failure) {
            lines.onError(failure);
        }

        @Override
        public void onComplete() {
            lines.onComplete();
        }
    }

    private static final class Lines implements Flow.Subscriber<String> {
        private final List<Event> events = new ArrayList<>();
        private final List<String> data = new ArrayList<>();
        private String name = "message";
        private String id = "";
        private int comments;
        private int retry;
        private String end = "";
        /** Not there yet when the head is: a stream may be closed before. */
        private Flow.Subscription subscription;
        private boolean cancelled;

        @Override
        public synchronized void onSubscribe(Flow.Subscription opened) {
            subscription = opened;
            if (cancelled) {
                opened.cancel();
            } else {
                opened.request(Long.MAX_VALUE);
            }
        }

        @Override
        public synchronized void onNext(String line) {
            int colon = line.indexOf(':');
            if (line.isEmpty()) {
                dispatch();
            } else if (colon == 0) {
                comments++;
            } else {
                String field = colon < 0 ? line : line.substring(0, colon);
                String value = colon < 0 ? "" : line.substring(colon + 1);
                take(field, value.startsWith(" ") ? value.substring(1) : value);
            }
        }

        private void take(String field, String value) {
            switch (field) {
                case "event" -> name = value;
                case "id" -> id = value;
                case "data" -> data.add(value);
                case "retry" -> retry = Integer.parseInt(value);
                default -> throw new AssertionError("Not a field of an event: " + field);
            }
        }

        private void dispatch() {
            if (!data.isEmpty()) {
                events.add(new Event(name, id, String.join("\n", data)));
                notifyAll();
            }
            name = "message";
            id = "";
            data.clear();
        }

        @Override
        public synchronized void onError(Throwable failure) {
            end = "the stream broke: " + failure;
            notifyAll();
        }

        @Override
        public synchronized void onComplete() {
            end = "the stream ended";
            notifyAll();
        }

        synchronized Event get(int index) {
            long deadline = System.nanoTime() + Await.PATIENCE.toNanos();
            while (events.size() <= index) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0 || !end.isEmpty()) {
                    throw new AssertionError("No further event came" + (end.isEmpty() ? "" : ": " + end) + "; before: "
                            + events);
                }
                waitFor(left);
            }
            return events.get(index);
        }

        private void waitFor(long millis) {
            try {
                wait(millis);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new AssertionError(interrupted);
            }
        }

        synchronized List<Event> events() {
            return List.copyOf(events);
        }

        synchronized int comments() {
            return comments;
        }

        synchronized boolean ended() {
            return !end.isEmpty();
        }

        synchronized int retry() {
            return retry;
        }

        synchronized void cancel() {
            cancelled = true;
            if (subscription != null) {
                subscription.cancel();
            }
        }
    }
}
