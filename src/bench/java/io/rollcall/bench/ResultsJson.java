package io.rollcall.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes the results for programs. */
final class ResultsJson {
    private ResultsJson() {}

    static String of(List<Result> results) {
        return results.stream().map(ResultsJson::object).collect(Collectors.joining(",\n  ", "[\n  ", "\n]\n"));
    }

    private static String object(Result result) {
        Map<String, Double> numbers = new TreeMap<>(result.values());
        numbers.put("floor", result.floor());
        String members = numbers.entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "\"%s\":%s", entry.getKey(), number(entry.getValue())))
                .collect(Collectors.joining(","));
        return String.format(
                "{\"workload\":\"%s\",\"setup\":\"%s\",\"transport\":\"%s\",\"scale\":\"%s\",%s}",
                result.workload(), result.setup(), result.transport(), result.scale(), members);
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.3f", value);
    }
}
