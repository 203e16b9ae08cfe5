package io.rollcall.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How the figures change with what is stored, watched and connected. */
final class Growth {
    static final String NAME = "growth";
    private static final List<Integer> STORED = List.of(1_000, 100_000, 1_000_000);
    private static final List<Integer> WATCHED = List.of(1, 10, 100);
    private static final String IDLE = "1000,5000,10000,20000";

    /** One part, with one result or several. */
    interface Step {
        List<Result> run() throws IOException, InterruptedException, SQLException;
    }

    private final Settings settings;
    private final Setup setup;
    private final Floors floors;

    Growth(Settings settings, Setup setup, Floors floors) {
        this.settings = settings;
        this.setup = setup;
        this.floors = floors;
    }

    /** The loads that the bare container is put under for comparison. */
    static List<Workload> floorWorkloads(Settings settings) {
        List<Workload> workloads = new ArrayList<>();
        for (Workload workload : List.of(Workload.w1("http"), Workload.w2("websocket"))) {
            if (settings.transports().contains(workload.transport())) {
                workloads.add(workload);
            }
        }
        return workloads;
    }

    /** One after the other; none needs what another left. */
    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        if (settings.transports().contains("websocket")) {
            WATCHED.forEach(number -> steps.add(() -> List.of(watched(number))));
        }
        for (String transport : List.of("websocket", "sse")) {
            if (settings.transports().contains(transport)) {
                steps.add(() -> idle(transport));
            }
        }
        if (settings.transports().contains("http")) {
            STORED.forEach(number -> steps.add(() -> List.of(stored(number))));
        }
        return steps;
    }

    private Result watched(int number) throws IOException, InterruptedException {
        Workload workload = Workload.w2("websocket").watching(number);
        return result("websocket", workload.scale(), Generator.run(plan(workload)), Workload.w2("websocket"));
    }

    private Result stored(int number) throws IOException, InterruptedException, SQLException {
        setup.store(number);
        Workload workload = Workload.w1("http").stored(number);
        return result("http", workload.scale(), Generator.run(plan(workload)), Workload.w1("http"));
    }

    private Map<String, Object> plan(Workload workload) throws IOException, InterruptedException {
        Map<String, Object> plan = workload.plan(settings);
        plan.putAll(setup.processes());
        return plan;
    }

    private Result result(String transport, String scale, Map<String, Double> values, Workload floor) {
        Result result = new Result(NAME, setup.name(), transport, scale, values, floors.of(floor));
        System.out.print(ResultTable.line(result));
        return result;
    }

    /** W1 beside idle watchers, more and more of them. */
    private List<Result> idle(String transport) throws IOException, InterruptedException {
        // a server that has not held other watchers before, and has all of its heap: what it takes later is outside of that
        setup.stopServer("-Xms2g", "-XX:+AlwaysPreTouch");
        Map<String, Object> plan = plan(Workload.w1("http"));
        plan.put("transport", transport);
        plan.put("window", 1);
        plan.put("name", "idle-" + transport);
        plan.put("idle", IDLE);
        Map<Integer, Map<String, Double>> steps = new TreeMap<>();
        try {
            Generator.run(plan).forEach((name, value) -> {
                int point = name.indexOf('.');
                steps.computeIfAbsent(Integer.valueOf(name.substring(0, point)), any -> new LinkedHashMap<>())
                        .put(name.substring(point + 1), value);
            });
        } finally {
            setup.stopServer();
        }
        List<Result> results = new ArrayList<>();
        steps.forEach((watchers, values) ->
                results.add(result(transport, watchers + " idle watchers", values, Workload.w1("http"))));
        return results;
    }
}
