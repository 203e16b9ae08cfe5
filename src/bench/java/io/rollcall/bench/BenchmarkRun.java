package io.rollcall.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The benchmark: first the bare container, then each set-up, under the same load. */
public final class BenchmarkRun {
    private final Settings settings;
    private final List<Result> results = new ArrayList<>();

    private BenchmarkRun(Settings settings) {
        this.settings = settings;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        BenchmarkRun run = new BenchmarkRun(Settings.fromSystemProperties());
        run.run();
        // what the embedded database started must not keep the process
        System.exit(run.results.stream().anyMatch(Result::hasFaults) ? 1 : 0);
    }

    private void run() throws IOException, InterruptedException, SQLException {
        for (String setup : settings.setups()) {
            refuseUnknown(setup);
        }
        Files.createDirectories(settings.folder());
        List<Workloads.Workload> workloads = Workloads.of(settings);
        Map<String, Double> floors = floors(workloads);
        for (String name : settings.setups()) {
            try (Setup setup = Setup.prepare(settings, name)) {
                System.out.println(name + ": " + setup.database());
                for (Workloads.Workload workload : workloads) {
                    measure(workload, setup, floors.get(workload.key()));
                }
            }
        }
        report();
    }

    private void refuseUnknown(String setup) {
        switch (setup) {
            case "embedded", "postgresql" -> {
                // there
            }
            case "production" ->
                throw new IllegalArgumentException(
                        "bench.setup=production is not available: it needs Artemis, and there is no "
                                + settings.project().resolve("liberty/jms-artemis.xml"));
            default ->
                throw new IllegalArgumentException(
                        "bench.setup is one of embedded, postgresql, production; not '" + setup + "'");
        }
    }

    private Map<String, Double> floors(List<Workloads.Workload> workloads) throws IOException, InterruptedException {
        Map<String, Double> floors = new LinkedHashMap<>();
        try (ServerProcess floor = Floor.start(settings)) {
            for (Workloads.Workload workload : workloads) {
                Map<String, Object> plan = workload.floorPlan(settings);
                plan.put("serverPid", floor.pid());
                Map<String, Double> values = Generator.run(plan);
                Result result = new Result(
                        workload.name(), "floor", workload.transport(), workload.scale(), values, values.get("throughput"));
                System.out.print(ResultTable.line(result));
                floors.put(workload.key(), result.throughput());
            }
        }
        return floors;
    }

    private void measure(Workloads.Workload workload, Setup setup, double floor)
            throws IOException, InterruptedException {
        Map<String, Object> plan = workload.plan(settings);
        plan.put("serverPid", setup.server().pid());
        plan.put("databasePid", setup.databasePid());
        Result result = new Result(
                workload.name(), setup.name(), workload.transport(), workload.scale(), Generator.run(plan), floor);
        System.out.print(ResultTable.line(result));
        results.add(result);
    }

    private void report() throws IOException {
        System.out.println();
        System.out.print(ResultTable.of(results));
        Path json = settings.folder().resolve("results.json");
        Files.writeString(json, ResultsJson.of(results));
        System.out.println(json);
    }
}
