package io.rollcall.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartTest {
    private static final long STEP = Sample.INTERVAL.toMillis();

    @Test
    void what_several_nodes_do_at_a_time_is_added_up() {
        NodeReport one = node("one", sample(1, 10), sample(2, 20));
        NodeReport two = node("two", sample(1, 5), sample(2, 5));

        Chart chart = Chart.of("Publications a second", "", List.of(one, two), Sample::publications, Double::sum);

        assertThat(chart.latest()).isEqualTo("25");
        assertThat(chart.highest()).isEqualTo("25");
        assertThat(chart.line()).isEqualTo("298.3,32.0 300.0,0.0");
    }

    @Test
    void the_latest_is_at_the_right_and_nothing_is_at_the_bottom() {
        Chart chart = Chart.of("Waiting", "", List.of(node("one", sample(1, 0), sample(181, 0))), Sample::publications, Double::sum);

        assertThat(chart.line()).isEqualTo("0.0,80.0 300.0,80.0");
    }

    @Test
    void without_a_node_there_is_no_line() {
        Chart chart = Chart.of("Latency", " ms", List.of(), Sample::latency, Math::max);

        assertThat(chart).isEqualTo(new Chart("Latency", "0 ms", "0 ms", ""));
    }

    @Test
    void a_report_comes_back_as_it_was_written() {
        NodeReport report = node("one", sample(1, 2.5), sample(2, 0));

        assertThat(NodeReport.of("one", report.reportedAt(), report.text())).isEqualTo(report);
    }

    private static Sample sample(long step, double publications) {
        return new Sample(step * STEP, publications, 0, 0, 0, 0, 0);
    }

    private static NodeReport node(String name, Sample... samples) {
        return new NodeReport(name, name + ":9080", Instant.ofEpochMilli(7), Instant.ofEpochMilli(8), true, 0, 1, List.of(samples));
    }
}
