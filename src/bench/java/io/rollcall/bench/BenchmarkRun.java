package io.rollcall.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The benchmark: first the bare container, then each set-up, under the same load. */
public final class BenchmarkRun {
    private final Settings settings;
    private final List<Result> results = new ArrayList<>();
    private boolean incomplete;

    private BenchmarkRun(Settings settings) {
        this.settings = settings;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        BenchmarkRun run = new BenchmarkRun(Settings.fromSystemProperties());
        run.run();
        // what the embedded database started must not keep the process
        System.exit(run.incomplete || run.results.stream().anyMatch(Result::hasFaults) ? 1 : 0);
    }

    private void run() throws IOException, InterruptedException, SQLException {
        for (String setup : settings.setups()) {
            refuseUnknown(setup);
        }
        Files.createDirectories(settings.folder());
        List<Workload> workloads = Workload.of(settings);
        Set<Workload> compared = new LinkedHashSet<>(workloads);
        compared.removeIf(workload -> !workload.hasFloor());
        if (settings.runs(Growth.NAME)) {
            compared.addAll(Growth.floorWorkloads(settings));
        }
        System.out.print(ResultTable.head());
        Floors floors = Floors.measure(settings, compared);
        for (String name : settings.setups()) {
            try (Setup setup = Setup.prepare(settings, name)) {
                System.out.println(name + ": " + setup.description());
                measure(setup, workloads, floors);
            }
        }
        report();
    }

    private void measure(Setup setup, List<Workload> workloads, Floors floors)
            throws InterruptedException {
        for (Workload workload : workloads) {
            attempt(() -> measure(workload, setup, floors.of(workload)));
        }
        if (settings.runs(Growth.NAME)) {
            for (Growth.Step step : new Growth(settings, setup, floors).steps()) {
                attempt(() -> results.addAll(step.run()));
            }
        }
    }

    /** Part of a run. */
    private interface Part {
        void run() throws IOException, InterruptedException, SQLException;
    }

    /** Does a part; where it fails, the others still have their figures. */
    private void attempt(Part part) throws InterruptedException {
        try {
            part.run();
        } catch (IOException | SQLException failure) {
            System.out.println("FAILED, no figure: " + failure.getMessage());
            incomplete = true;
        }
    }

    private void refuseUnknown(String setup) {
        switch (setup) {
            case "embedded", "postgresql", "production" -> {
                // there
            }
            default ->
                throw new IllegalArgumentException(
                        "bench.setup is one of embedded, postgresql, production; not '" + setup + "'");
        }
    }

    private void measure(Workload workload, Setup setup, double floor)
            throws IOException, InterruptedException {
        Map<String, Object> plan = workload.plan(settings);
        plan.putAll(setup.processes());
        Map<String, Double> values = workload.finished(Generator.run(plan));
        Result result = new Result(
                workload.name(), setup.name(), workload.transport(), workload.scale(), values, floor);
        System.out.print(ResultTable.line(result));
        results.add(result);
    }

    private void report() throws IOException {
        System.out.println();
        System.out.print(ResultTable.of(results));
        Path json = settings.folder().resolve("results.json");
        Files.writeString(json, ResultsJson.of(results));
        Path chart = settings.folder().resolve("chart.svg");
        Files.writeString(chart, Chart.of(results));
        System.out.println(json + "\n" + chart);
    }
}
