package io.rollcall.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** More and more watchers of accounts that do not change: what they cost while others publish. */
final class Idle implements Audience {
    private static final int QUIET_ACCOUNTS = 500;
    private static final int WATCHED = 20;
    private static final int HANDSHAKES_AT_ONCE = 50;
    private static final int PATIENCE = 30;
    private static final int SETTLING = 5;
    /** Loopback addresses to connect from: one has too few ports when others were closed just now. */
    private static final int ADDRESSES = 8;

    /** Publications per second while connections are opened: so many that none is closed for being unused. */
    private static final int SLOWLY = 50;

    private static final double MEDIAN = 0.5;
    private static final double P99 = 0.99;
    private static final double P999 = 0.999;
    private static final double KILOBYTE = 1024;

    private final Plan plan;
    private final Target target;
    private final Requests requests;
    private final Loop loop;
    private final Publishing publishing;
    private final Map<String, Object> results = new LinkedHashMap<>();
    private int started;
    private int opened;
    private int refused;
    private String limit;

    Idle(Plan plan, Target target) throws IOException {
        this.plan = plan;
        this.target = target;
        requests = new RollcallRequests(target);
        loop = new Loop();
        publishing = new Publishing(plan);
    }

    /** The results, each by the number of watchers, a point and its name. */
    Map<String, Object> run() throws IOException, InterruptedException {
        loginQuietAccounts();
        publishing.open(loop, target, requests);
        loop.await(PATIENCE, publishing, publishing::isOpen, "publishers are connected");
        publishing.login(loop, PATIENCE);
        publishing.allow(Long.MAX_VALUE);
        publishing.warmUp(loop);
        ServerMemory before = memory();
        for (int step : plan.idle()) {
            if (limit == null) {
                attempt(step, before);
            }
        }
        return results;
    }

    /** Measures one step; where it fails, those before it still have their figures. */
    private void attempt(int watchers, ServerMemory before) throws IOException, InterruptedException {
        try {
            measure(watchers, before);
        } catch (IllegalStateException failure) {
            stopAt(failure.getMessage());
            results.put(opened + ".failed", 1);
        }
    }

    private void loginQuietAccounts() throws IOException {
        Plan quiet = plan.named(quiet(), QUIET_ACCOUNTS);
        Publishing logins = new Publishing(quiet);
        logins.open(loop, target, requests);
        loop.await(PATIENCE, logins, logins::isOpen, "publishers are connected");
        logins.login(loop, PATIENCE);
        // the server would, two minutes later
        logins.close();
    }

    private String quiet() {
        return plan.name() + "-quiet";
    }

    private void measure(int watchers, ServerMemory before) throws IOException, InterruptedException {
        publishing.pace(SLOWLY);
        open((int) Math.min(watchers, opened + OpenFiles.room(plan.serverPid())));
        if (opened < watchers) {
            stopAt("the server or this process may open no more files");
        }
        serve(SETTLING);
        ServerMemory now = memory();
        publishing.pace(0);
        serve(SETTLING);
        publishing.clear();
        ProcessorTimes start = ProcessorTimes.now(plan);
        serve(plan.seconds());
        Map<String, Object> step = new LinkedHashMap<>();
        ProcessorTimes.now(plan).since(start).report(step, publishing.published);
        step.put("p50Millis", publishing.answerTimes.millis(MEDIAN));
        step.put("p99Millis", publishing.answerTimes.millis(P99));
        step.put("p999Millis", publishing.answerTimes.millis(P999));
        step.put("failed", publishing.failed);
        step.put("watchers", opened);
        step.put("heapKilobytesPerWatcher", (now.heap() - before.heap()) / KILOBYTE / Math.max(1, opened));
        step.put("nativeKilobytesPerWatcher", (now.resident() - before.resident()) / KILOBYTE / Math.max(1, opened));
        step.put("heapMegabytes", now.heap() / KILOBYTE / KILOBYTE);
        step.forEach((name, value) -> results.put(opened + "." + name, value));
    }

    private void open(int watchers) throws IOException {
        while (started < watchers && limit == null) {
            int number = started++;
            List<String> accounts = IntStream.range(0, WATCHED)
                    .mapToObj(nth -> quiet() + '-' + (number + nth * (QUIET_ACCOUNTS / WATCHED)) % QUIET_ACCOUNTS
                            + "@example.com")
                    .toList();
            try {
                open(number, accounts);
            } catch (IOException full) {
                broken(full);
            }
            loop.run(PATIENCE, publishing, () -> started - opened - refused < HANDSHAKES_AT_ONCE);
            if (started - opened - refused >= HANDSHAKES_AT_ONCE) {
                stopAt("the server does not answer any more");
            }
        }
        loop.run(PATIENCE, publishing, () -> opened + refused == started);
        if (opened + refused < started) {
            stopAt("the server does not answer any more");
        }
    }

    private void open(int number, List<String> accounts) throws IOException {
        InetSocketAddress from = new InetSocketAddress("127.0.0." + (2 + number % ADDRESSES), 0);
        if (plan.isSocket()) {
            SocketWatcher watcher = new SocketWatcher(this, number, requests, accounts);
            watcher.connect(loop, target.address(), from);
            watcher.shakeHands(requests.socketPath(), target);
        } else {
            EventsWatcher watcher = new EventsWatcher(this, number);
            watcher.connect(loop, target.address(), from);
            watcher.request(requests.eventsPath(accounts), target);
        }
    }

    private void stopAt(String why) {
        if (limit == null) {
            limit = why;
            System.err.println("no more than " + opened + " connections: " + why);
        }
    }

    private void serve(int seconds) throws IOException {
        loop.run(seconds, publishing, () -> false);
    }

    private ServerMemory memory() throws IOException, InterruptedException {
        return ServerMemory.of(plan.serverPid());
    }

    @Override
    public void opened() {
        opened++;
    }

    @Override
    public void notified(int watcher, byte[] b, int from, int to) {
        // the present state, once
    }

    @Override
    public void broken(Exception cause) {
        refused++;
        stopAt(String.valueOf(cause.getMessage()));
    }
}
