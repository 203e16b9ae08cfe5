package io.rollcall.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The workloads and their sizes. */
final class Workloads {
    private Workloads() {}

    /**
     * One workload.
     *
     * @param pace publications a second once warm; 0 for as many as the server takes
     * @param share of the highest rate at which times are measured; 0 for not
     */
    record Workload(
            String name,
            String transport,
            String scale,
            int accounts,
            int watchers,
            int watched,
            double pace,
            double share) {

        String key() {
            return name + ' ' + transport + ' ' + scale;
        }

        Map<String, Object> plan(Settings settings) {
            Map<String, Object> plan = new LinkedHashMap<>();
            plan.put("server", "rollcall");
            plan.put("port", settings.port());
            plan.put("transport", transport);
            plan.put("name", (name + '-' + transport + '-' + watchers + 'x' + watched).toLowerCase(java.util.Locale.ROOT));
            plan.put("accounts", accounts);
            plan.put("watchers", watchers);
            plan.put("watched", watched);
            plan.put("publishers", Math.min(accounts, settings.publishers()));
            plan.put("window", settings.window());
            plan.put("warmUp", settings.warmUp());
            plan.put("seconds", settings.seconds());
            plan.put("pace", pace);
            plan.put("share", share);
            return plan;
        }

        /** The same load on the bare container, where a message goes to all watchers at once. */
        Map<String, Object> floorPlan(Settings settings) {
            Map<String, Object> plan = plan(settings);
            plan.put("server", "floor");
            plan.put("name", "floor");
            plan.put("warmUp", Math.min(settings.warmUp(), 10));
            plan.put("seconds", Math.min(settings.seconds(), 10));
            plan.put("share", 0);
            if (watchers > 0) {
                int under = accounts == 1 ? 1 : 4;
                plan.put("accounts", under);
                plan.put("watched", under);
                plan.put("publishers", under);
            }
            return plan;
        }
    }

    static List<Workload> of(Settings settings) {
        List<Workload> all = new ArrayList<>();
        all.add(new Workload("W1", "http", "", 2000, 0, 1, 0, 0));
        all.add(new Workload("W1", "websocket", "", 2000, 0, 1, 0, 0));
        for (String transport : List.of("websocket", "sse")) {
            all.add(new Workload("W2", transport, "", 500, 500, 20, 0, 0.3));
        }
        for (String transport : List.of("websocket", "sse")) {
            all.add(new Workload("W3", transport, "2000 watchers", 1, 2000, 1, 4, 0));
            all.add(new Workload("W3", transport, "5000 watchers", 1, 5000, 1, 4, 0));
        }
        all.removeIf(workload -> !settings.runs(workload.name()) || !settings.transports().contains(workload.transport()));
        return all;
    }
}
