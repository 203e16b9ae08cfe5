package io.rollcall.bench.load;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * The publishing side: each account has at most one publication under way, and is free for the next one when this is
 * answered and has reached all watchers, so that these are never overrun.
 */
final class Publishing {
    private static final int OK = 200;
    private static final int MULTIPLE_CHOICES = 300;
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int WARM_UP_SLICE = 5;
    /** How many times as long as asked for it may last. */
    private static final int LONGEST_WARM_UP = 5;
    /** The share of a processor that a compiler at rest uses. */
    private static final double AT_REST = 0.05;

    private final Plan plan;
    private final Presentity[] presentities;
    private final Deque<Publisher> ready = new ArrayDeque<>();
    private final int[] free;
    private int firstFree;
    private int freeCount;

    private long interval;
    private long nextAt;
    private long budget;
    private int underWay;
    private int watchersEach;

    long published;
    long failed;
    final Latencies answerTimes = new Latencies();

    Publishing(Plan plan) {
        this.plan = plan;
        presentities = new Presentity[plan.accounts()];
        free = new int[plan.accounts()];
        for (int i = 0; i < free.length; i++) {
            free[i] = i;
        }
        freeCount = free.length;
        shuffle();
    }

    private void shuffle() {
        Random random = new Random(1);
        for (int i = free.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int index = free[i];
            free[i] = free[other];
            free[other] = index;
        }
    }

    Presentity presentity(int index) {
        Presentity known = presentities[index];
        if (known == null) {
            known = new Presentity(index, plan.account(index));
            if (plan.stored()) {
                known.tuple = Scan.bytes(StoredNames.tuple(index));
            }
            presentities[index] = known;
        }
        return known;
    }

    /** Opens the connections that publish. */
    void open(Loop loop, Target target, Requests requests) throws IOException {
        for (int i = 0; i < plan.publishers(); i++) {
            if (plan.publishesOverSocket()) {
                SocketPublisher publisher = new SocketPublisher(this, requests, plan.window());
                publisher.connect(loop, target.address(), null);
                publisher.shakeHands(requests.socketPath(), target);
            } else {
                HttpPublisher publisher = new HttpPublisher(this, requests);
                publisher.connect(loop, target.address(), null);
                ready(publisher);
            }
        }
    }

    boolean isOpen() {
        return ready.size() == plan.publishers() * (plan.publishesOverSocket() ? plan.window() : 1);
    }

    void ready(Publisher publisher) {
        ready.add(publisher);
    }

    /** Logs all accounts in. */
    void login(Loop loop, int patience) throws IOException {
        allow(plan.accounts());
        loop.await(patience, this, () -> published + failed == plan.accounts(), "accounts are logged in");
        if (failed > 0) {
            throw new IllegalStateException(failed + " logins were refused");
        }
    }

    /** Closes the connections, all of which are at rest. */
    void close() {
        ready.forEach(Publisher::close);
        ready.clear();
    }

    /** Serves for the time that is asked for, and on for as long as the server's compiler is still at work. */
    void warmUp(Loop loop) throws IOException {
        int longest = plan.warmUp() * LONGEST_WARM_UP;
        double compiling = 1;
        for (int spent = 0; spent < longest && (spent < plan.warmUp() || compiling > AT_REST); spent += WARM_UP_SLICE) {
            long before = ServerCpu.compilerMicros(plan.serverPid());
            loop.run(WARM_UP_SLICE, this, () -> false);
            long used = ServerCpu.compilerMicros(plan.serverPid()) - before;
            compiling = (double) used / TimeUnit.SECONDS.toMicros(WARM_UP_SLICE);
        }
    }

    /** Starts counting anew; failures are never forgotten. */
    void clear() {
        published = 0;
        answerTimes.clear();
    }

    int underWay() {
        return underWay;
    }

    /** Lets so many publications be made from now on. */
    void allow(long publications) {
        budget = publications;
    }

    /** From now on an account is free again only when so many watchers have its news. */
    void watchedBy(int watchers) {
        watchersEach = watchers;
    }

    /** Sets the pace: so many a second, or 0 for as many as the server takes. */
    void pace(double perSecond) {
        interval = perSecond == 0 ? 0 : (long) (TimeUnit.SECONDS.toNanos(1) / perSecond);
        nextAt = System.nanoTime();
    }

    long startDue(long now) throws IOException {
        while (budget > 0 && freeCount > 0 && !ready.isEmpty()) {
            long at = now;
            if (interval > 0) {
                if (nextAt > now) {
                    return Math.max(nextAt, now + TICK);
                }
                // what waited for a free account or connection counts from when it was due
                at = now - nextAt > 2 * TICK ? nextAt : now;
                nextAt += interval;
            }
            publish(at);
        }
        return now + PATIENCE;
    }

    private void publish(long at) throws IOException {
        Presentity next = presentity(free[firstFree]);
        firstFree = (firstFree + 1) % free.length;
        freeCount--;
        budget--;
        underWay++;
        next.sentAt = at;
        next.before = next.newest;
        next.missing = watchersEach;
        next.answered = false;
        ready.poll().publish(next);
        next.count++;
    }

    void answered(Publisher by, Presentity presentity, int status) {
        ready.add(by);
        answerTimes.record(System.nanoTime() - presentity.sentAt);
        if (status >= OK && status < MULTIPLE_CHOICES) {
            published++;
        } else {
            if (failed++ == 0) {
                System.err.println("a publication was answered with " + status);
            }
            presentity.missing = 0;
        }
        presentity.answered = true;
        freeIfDone(presentity);
    }

    /** The latest publication has reached all watchers. */
    void delivered(Presentity presentity) {
        freeIfDone(presentity);
    }

    private void freeIfDone(Presentity presentity) {
        if (presentity.answered && presentity.missing == 0) {
            free[(firstFree + freeCount) % free.length] = presentity.index;
            freeCount++;
            underWay--;
        }
    }

    void broken(Exception cause) {
        throw new IllegalStateException("a publisher's connection broke: " + cause, cause);
    }
}
