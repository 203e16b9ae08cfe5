package io.rollcall.bench;

import java.util.List;
import java.util.Locale;

/** Draws the results as bars, each over the bar of the bare container: an SVG image. */
final class Chart {
    private static final int LABEL = 330;
    private static final int WIDTH = 400;
    private static final int RIGHT = 220;
    private static final int ROW = 26;
    private static final int TOP = 40;

    private Chart() {}

    static String of(List<Result> results) {
        double most = results.stream()
                .mapToDouble(result -> Math.max(result.throughput(), result.floor()))
                .max()
                .orElse(1);
        StringBuilder svg = new StringBuilder(String.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\""
                        + " font-size=\"12\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>%n",
                LABEL + WIDTH + RIGHT, TOP + ROW * results.size() + 10));
        text(svg, 10, 24, "Operations per second: Rollcall, and the bare container in grey", "#222222");
        for (int i = 0; i < results.size(); i++) {
            row(svg, results.get(i), TOP + ROW * i, most);
        }
        return svg.append("</svg>\n").toString();
    }

    private static void row(StringBuilder svg, Result result, int y, double most) {
        text(svg, 10, y + 15, label(result), "#222222");
        bar(svg, y + 2, ROW - 4, result.floor() / most, "#d9d9d9");
        bar(svg, y + 6, ROW - 12, result.throughput() / most, "#2563a8");
        int right = LABEL + (int) (WIDTH * Math.max(result.throughput(), result.floor()) / most) + 8;
        text(svg, right, y + 15, figures(result), "#222222");
    }

    private static String label(Result result) {
        return String.join(
                " ", result.workload(), result.setup(), result.transport(), result.scale()).strip();
    }

    private static String figures(Result result) {
        String last = result.value("lastMillis") > 0 && result.workload().equals("W3")
                ? String.format(Locale.ROOT, ", last %.0f ms", result.value("lastMillis"))
                : "";
        return String.format(
                Locale.ROOT, "%,.0f/s, %.0f µs CPU%s", result.throughput(), result.value("serverCpuMicros"), last);
    }

    private static void bar(StringBuilder svg, int y, int height, double share, String colour) {
        svg.append(String.format(
                Locale.ROOT,
                "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                LABEL,
                y,
                WIDTH * share,
                height,
                colour));
    }

    private static void text(StringBuilder svg, int x, int y, String text, String colour) {
        svg.append(String.format("<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>%n", x, y, colour, text));
    }
}
