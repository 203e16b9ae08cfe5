package io.rollcall.admin;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * A line over time, to be drawn.
 *
 * @param title what it shows
 * @param latest the last value, with its unit
 * @param highest the highest one, with its unit: the top of the drawing
 * @param line the points, for a drawing of {@link #WIDTH} by {@link #HEIGHT}
 */
public record Chart(String title, String latest, String highest, String line) implements Serializable {
    private static final int WIDTH = 300;
    private static final int HEIGHT = 80;
    private static final int STEPS = 180;

    /** @param together what the values of several nodes come to: their sum, or the highest */
    static Chart of(
            String title, String unit, List<NodeReport> nodes, ToDoubleFunction<Sample> value, DoubleBinaryOperator together) {
        SortedMap<Long, Double> values = new TreeMap<>();
        for (NodeReport node : nodes) {
            for (Sample sample : node.samples()) {
                long step = sample.at() / Sample.INTERVAL.toMillis();
                values.merge(step, value.applyAsDouble(sample), together::applyAsDouble);
            }
        }
        // of the last step not all nodes have told yet
        double latest = values.isEmpty() ? 0 : values.get(values.lastKey());
        double highest = values.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        long newest = values.isEmpty() ? 0 : values.lastKey();
        String line = values.tailMap(newest - STEPS).entrySet().stream()
                .map(point -> point(STEPS - (newest - point.getKey()), point.getValue(), highest))
                .collect(Collectors.joining(" "));
        return new Chart(title, text(latest, unit), text(highest, unit), line);
    }

    private static String point(long step, double value, double highest) {
        double x = (double) WIDTH * step / STEPS;
        double y = highest == 0 ? HEIGHT : HEIGHT - HEIGHT * value / highest;
        return String.format(Locale.ROOT, "%.1f,%.1f", x, y);
    }

    private static String text(double value, String unit) {
        return String.format(Locale.ROOT, value < 10 && value != Math.rint(value) ? "%.1f%s" : "%,.0f%s", value, unit);
    }
}
