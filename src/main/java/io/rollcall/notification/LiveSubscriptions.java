package io.rollcall.notification;

import io.rollcall.presentity.ChangeTopic;
import io.rollcall.subscription.Event;
import io.rollcall.subscription.Nodes;
import io.rollcall.subscription.Subscription;
import io.rollcall.subscription.SubscriptionSearch.Found;
import io.rollcall.subscription.Subscriptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * What only the node knows that a watcher is connected to: when it was told of an account last, and how to end that. The
 * nodes ask each other over the topic; one that does not answer in time leaves its part open.
 */
@ApplicationScoped
public class LiveSubscriptions {
    private static final Duration PATIENCE = Duration.ofMillis(700);

    @Inject
    private Subscriptions subscriptions;

    @Inject
    private Nodes nodes;

    @Inject
    private ChangeTopic topic;

    private final Map<String, Question> open = new ConcurrentHashMap<>();

    /** Who watches whom. */
    public record Pair(String account, String watcher) {
        private static Pair of(Found found) {
            return new Pair(found.account(), found.watcher());
        }
    }

    /** @param missing the answers that are still to come */
    private record Question(Map<Pair, Long> answers, CountDownLatch missing) {}

    /** When watchers were told last, over any of their connections; those of whom it is not known are left out. */
    public Map<Pair, Instant> toldLast(Collection<Found> wanted) {
        List<Found> connected = wanted.stream().filter(found -> found.node() != null).toList();
        Map<Pair, Long> told = new HashMap<>(toldHere(connected.stream().map(Pair::of).toList()));
        List<Found> elsewhere = connected.stream()
                .filter(found -> !nodes.own().equals(found.node()))
                .toList();
        if (!elsewhere.isEmpty()) {
            ask(elsewhere).forEach((pair, millis) -> told.merge(pair, millis, Math::max));
        }
        Map<Pair, Instant> times = new HashMap<>();
        told.forEach((pair, millis) -> times.put(pair, Instant.ofEpochMilli(millis)));
        return times;
    }

    private Map<Pair, Long> ask(List<Found> elsewhere) {
        String id = UUID.randomUUID().toString();
        int asked = (int) elsewhere.stream().map(Found::node).distinct().count();
        Question question = new Question(new ConcurrentHashMap<>(), new CountDownLatch(asked));
        open.put(id, question);
        try {
            topic.announce(ChangeTopic.QUESTION, elsewhere.stream()
                    .map(found -> found.account() + ' ' + found.watcher())
                    .distinct()
                    .collect(Collectors.joining("\n", nodes.own() + ' ' + id + '\n', "")));
            question.missing.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(id);
        }
        return question.answers;
    }

    /** Takes a message of type {@link ChangeTopic#QUESTION}. */
    void asked(String message) {
        List<String> lines = message.lines().toList();
        String[] who = lines.get(0).split(" ");
        if (!who[0].equals(nodes.own())) {
            List<Pair> pairs = lines.stream().skip(1).map(LiveSubscriptions::pair).toList();
            topic.announce(ChangeTopic.ANSWER, toldHere(pairs).entrySet().stream()
                    .map(told -> told.getKey().account() + ' ' + told.getKey().watcher() + ' ' + told.getValue())
                    .collect(Collectors.joining("\n", who[1] + '\n', "")));
        }
    }

    /** Takes a message of type {@link ChangeTopic#ANSWER}. */
    void answered(String message) {
        List<String> lines = message.lines().toList();
        Question question = open.get(lines.get(0));
        if (question != null) {
            lines.stream().skip(1).forEach(line -> {
                int last = line.lastIndexOf(' ');
                question.answers.merge(pair(line.substring(0, last)), Long.valueOf(line.substring(last + 1)), Math::max);
            });
            question.missing.countDown();
        }
    }

    private static Pair pair(String line) {
        String[] parts = line.split(" ");
        return new Pair(parts[0], parts[1]);
    }

    private Map<Pair, Long> toldHere(Collection<Pair> wanted) {
        Map<Pair, Long> told = new HashMap<>();
        for (Pair pair : wanted) {
            for (Subscription subscription : subscriptions.to(pair.account())) {
                if (isOf(subscription, pair.watcher())) {
                    long millis = ((Subscriber) subscription.watcher()).toldAt(subscription);
                    if (millis > 0) {
                        told.merge(pair, millis, Math::max);
                    }
                }
            }
        }
        return told;
    }

    /**
     * Has a watcher's subscription to an account end wherever it is connected, with reason {@code probation}: it should
     * not come back at once (RFC 6665 §4.1.3). Nodes that the topic does not reach go on with it.
     */
    public void end(String account, String watcher) {
        topic.announce(ChangeTopic.END, account + ' ' + watcher);
    }

    /** Takes a message of type {@link ChangeTopic#END}. */
    void endHere(String message) {
        Pair pair = pair(message);
        for (Subscription subscription : List.copyOf(subscriptions.to(pair.account()))) {
            if (isOf(subscription, pair.watcher())) {
                Subscriber subscriber = (Subscriber) subscription.watcher();
                subscriber.end(pair.account(), Event.PROBATION);
                subscriber.flush();
            }
        }
    }

    /** Whether it is a watcher's own, not one of its lists. */
    private static boolean isOf(Subscription subscription, String watcher) {
        return !subscription.watcher().listed()
                && subscription.watcher().caller().account().is(watcher);
    }
}
