package io.rollcall.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Publishers that go on publishing, each for an account of its own and each publication noting its number, and go over to
 * another node where theirs does not answer, if there is one.
 */
public final class Load implements AutoCloseable {
    /** So long that those who try leave the processor to a server that is starting. */
    private static final long BETWEEN_TRIES = Duration.ofMillis(100).toNanos();

    private final List<Publisher> publishers = new ArrayList<>();
    private final List<CompletableFuture<Void>> work = new ArrayList<>();
    private final ConcurrentLinkedQueue<Answer> refusals = new ConcurrentLinkedQueue<>();
    private volatile boolean ending;

    private Load(List<Client> nodes, int publishersPerNode) {
        for (int i = 0; i < publishersPerNode * nodes.size(); i++) {
            Client first = nodes.get(i % nodes.size());
            Client second = nodes.get((i + 1) % nodes.size());
            publishers.add(new Publisher(first.login(Client.newAccount(), Flood.publication(0)), second));
        }
    }

    /** Logs presentities in at each of the nodes; they publish from {@link #begin} on. */
    public static Load at(List<Client> nodes, int publishersPerNode) {
        return new Load(nodes, publishersPerNode);
    }

    public void begin() {
        publishers.forEach(publisher -> work.add(CompletableFuture.runAsync(publisher::publish)));
    }

    public String[] accounts() {
        return publishers.stream().map(publisher -> publisher.login.account()).toArray(String[]::new);
    }

    /** Waits until each publisher has had so many publications more acknowledged. */
    public void untilAcknowledged(int more) {
        Map<Publisher, Integer> before = new ConcurrentHashMap<>();
        publishers.forEach(publisher -> before.put(publisher, publisher.acknowledged.get()));
        Await.until("all go on publishing; refused were " + refusals, () -> publishers.stream()
                .allMatch(publisher -> publisher.acknowledged.get() >= before.get(publisher) + more));
    }

    /** Ends it, and gives by account the last publication that was acknowledged. */
    public Map<String, Integer> end() {
        close();
        return publishers.stream()
                .collect(Collectors.toMap(publisher -> publisher.login.account(), publisher -> publisher.acknowledged.get()));
    }

    /** All that was answered otherwise than with success. */
    public List<Answer> refusals() {
        return List.copyOf(refusals);
    }

    @Override
    public void close() {
        ending = true;
        work.forEach(CompletableFuture::join);
    }

    private final class Publisher {
        private final AtomicInteger acknowledged = new AtomicInteger();
        private volatile Login login;
        private Client other;

        Publisher(Login login, Client other) {
            this.login = login;
            this.other = other;
        }

        void publish() {
            boolean unanswered = false;
            while (!ending || unanswered) {
                int number = acknowledged.get() + 1;
                try {
                    Answer answer = ofServer(login.tryModify(Flood.publication(number)));
                    if (answer.status() == 200) {
                        login = login.after(answer);
                        acknowledged.set(number);
                    } else if (unanswered && answer.status() == 412) {
                        takeAsStored(number);
                    } else {
                        refusals.add(answer);
                    }
                    unanswered = false;
                } catch (AssertionError notAnswered) {
                    unanswered = true;
                    goOver();
                }
            }
        }

        /** A container that is just starting, or has all but stopped, answers too, but not for the server. */
        private static Answer ofServer(Answer answer) {
            if (answer.status() != 200 && !answer.mediaType().equals("application/problem+json")) {
                throw new AssertionError("There is no server yet: " + answer);
            }
            return answer;
        }

        /** What was never answered was stored all the same; nothing else may be there. */
        private void takeAsStored(int number) {
            Answer stored = ofServer(login.by().get(login.path()));
            if (stored.status() == 200 && stored.json().path("note").asText().equals(String.valueOf(number))) {
                login = login.after(stored);
                acknowledged.set(number);
            } else {
                refusals.add(stored);
            }
        }

        private void goOver() {
            Client failed = login.by();
            login = login.at(other);
            other = failed;
            LockSupport.parkNanos(BETWEEN_TRIES);
        }
    }
}
