package io.rollcall.bench.load;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** One workload from its first connection to its last notification. */
final class Workload {
    private static final int HANDSHAKES_AT_ONCE = 50;
    private static final int PATIENCE = 60;
    private static final int SETTLING = 3;
    private static final double MEDIAN = 0.5;
    private static final double P99 = 0.99;
    private static final double P999 = 0.999;

    private final Plan plan;
    private final Target target;
    private final Requests requests;
    private final Loop loop;
    private final Publishing publishing;
    private final Watching watching;
    private final Map<String, Object> results = new LinkedHashMap<>();

    Workload(Plan plan, Target target) throws IOException {
        this.plan = plan;
        this.target = target;
        requests = plan.isFloor() ? new FloorRequests(target, plan.watchers() > 0) : new RollcallRequests(target);
        loop = new Loop();
        publishing = new Publishing(plan);
        watching = new Watching(plan, publishing);
    }

    Map<String, Object> run() throws IOException {
        publishing.open(loop, target, requests);
        await(publishing::isOpen, "publishers are connected");
        if (!plan.isFloor() && !plan.stored()) {
            publishing.login(loop, PATIENCE);
        }
        openWatchers();
        publishing.watchedBy(plan.watchersEach());
        publishing.allow(Long.MAX_VALUE);
        publishing.warmUp(loop);
        publishing.pace(plan.pace());
        if (plan.pace() > 0) {
            // what the warm-up left under way is not measured
            serve(SETTLING, () -> false);
        }
        double rate = measure();
        if (plan.share() > 0) {
            measureTimes(rate * plan.share());
        }
        finish();
        return results;
    }

    private void openWatchers() throws IOException {
        for (int opening = 0; opening < plan.watchers(); opening++) {
            int number = opening;
            List<String> accounts = IntStream.range(0, plan.watched())
                    .mapToObj(nth -> plan.account(plan.watchedBy(number, nth)))
                    .toList();
            open(number, accounts);
            await(() -> number - watching.opened < HANDSHAKES_AT_ONCE, "watchers are connected");
        }
        await(() -> watching.opened == plan.watchers(), "watchers are connected");
        if (!plan.isFloor()) {
            long expected = (long) plan.watchers() * plan.watched();
            await(() -> watching.begun == expected, "watchers have been sent the present state");
        }
    }

    private void open(int number, List<String> accounts) throws IOException {
        if (plan.isSocket()) {
            SocketWatcher watcher = new SocketWatcher(watching, number, requests, accounts);
            watcher.connect(loop, target.address(), null);
            watcher.shakeHands(requests.socketPath(), target);
        } else {
            EventsWatcher watcher = new EventsWatcher(watching, number);
            watcher.connect(loop, target.address(), null);
            watcher.request(requests.eventsPath(accounts), target);
        }
    }

    /** Measures; returns the publications per second. */
    private double measure() throws IOException {
        publishing.clear();
        watching.clear();
        ProcessorTimes before = ProcessorTimes.now(plan);
        serve(plan.seconds(), () -> false);
        ProcessorTimes used = ProcessorTimes.now(plan).since(before);
        boolean watched = plan.watchers() > 0;
        used.report(results, watched ? watching.received : publishing.published);
        results.put("publications", publishing.published / used.seconds());
        times(watched ? watching.times : publishing.answerTimes);
        if (watched) {
            results.put("firstMillis", watching.firstTimes.millis(MEDIAN));
            results.put("lastMillis", watching.lastTimes.millis(MEDIAN));
            results.put("rounds", watching.lastTimes.total());
            results.put("answeredMillis", publishing.answerTimes.millis(MEDIAN));
        }
        return publishing.published / used.seconds();
    }

    private void times(Latencies latencies) {
        results.put("p50Millis", latencies.millis(MEDIAN));
        results.put("p99Millis", latencies.millis(P99));
        results.put("p999Millis", latencies.millis(P999));
    }

    private void measureTimes(double rate) throws IOException {
        publishing.pace(rate);
        serve(SETTLING, () -> false);
        watching.clear();
        serve(plan.seconds(), () -> false);
        results.put("pacedAt", rate);
        times(watching.times);
    }

    /** Lets everything under way arrive, and looks whether it did. */
    private void finish() throws IOException {
        publishing.allow(0);
        serve(PATIENCE / 4, () -> publishing.underWay() == 0);
        // whatever comes now comes twice, or out of order
        serve(1, () -> false);
        results.put("failed", publishing.failed);
        results.put("unfinished", publishing.underWay());
        results.put("closed", watching.closed);
        results.put("duplicates", watching.duplicates);
        results.put("reordered", watching.reordered);
        results.put("lost", plan.isFloor() ? 0 : watching.lost(target));
    }

    private void serve(int seconds, BooleanSupplier done) throws IOException {
        loop.run(seconds, publishing, done);
    }

    private void await(BooleanSupplier done, String what) throws IOException {
        loop.await(PATIENCE, publishing, done, what);
    }
}
