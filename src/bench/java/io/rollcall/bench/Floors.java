package io.rollcall.bench;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** What the bare container reached under each workload in this run, per second. */
final class Floors {
    private final Map<Workload, Double> throughputs = new HashMap<>();

    static Floors measure(Settings settings, Collection<Workload> workloads) throws IOException, InterruptedException {
        Floors floors = new Floors();
        try (ServerProcess server = Floor.start(settings)) {
            for (Workload workload : workloads) {
                Map<String, Object> plan = workload.floorPlan(settings);
                plan.put("serverPid", server.pid());
                Map<String, Double> values = workload.finished(Generator.run(plan));
                double throughput = values.get("throughput");
                Result result = new Result(
                        workload.name(), "floor", workload.transport(), workload.scale(), values, throughput);
                System.out.print(ResultTable.line(result));
                floors.throughputs.put(workload, result.throughput());
            }
        }
        return floors;
    }

    double of(Workload workload) {
        return throughputs.getOrDefault(workload, 0.0);
    }
}
