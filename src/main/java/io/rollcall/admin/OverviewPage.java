package io.rollcall.admin;

import io.rollcall.directory.Directory;
import io.rollcall.presentity.DatabaseClock;
import io.rollcall.problem.Problem;
import io.rollcall.publication.DeadLetters;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** How the whole server is: its nodes, what they lean on, and what they did of late. */
@Named("overview")
@RequestScoped
public class OverviewPage {
    /** A node tells every few seconds; so long nobody worries. */
    private static final Duration LATE = Duration.ofSeconds(20);

    @Inject
    private NodeReports reports;

    @Inject
    private DatabaseClock clock;

    @Inject
    private Directory directory;

    @Inject
    private DeadLetters letters;

    private @Nullable List<NodeReport> read;
    private boolean database = true;

    /**
     * A node in a line.
     *
     * @param missing whether it has not told anything for long
     */
    public record Line(
            String name,
            boolean missing,
            Instant startedAt,
            Instant reportedAt,
            boolean broker,
            long silence,
            long databaseMillis,
            long watchers,
            long waiting,
            String publications,
            String notifications,
            String latency) {}

    /** Something that the nodes lean on, and whether it is there. */
    public record Check(String name, boolean up, String words) {}

    public List<Line> getNodes() {
        return reports().stream().map(this::line).toList();
    }

    public List<Check> getChecks() {
        List<NodeReport> present = present();
        long broker = present.stream().filter(node -> node.broker() && node.silence() < 10).count();
        long slowest = present.stream().mapToLong(NodeReport::databaseMillis).max().orElse(0);
        int missing = reports().size() - present.size();
        return List.of(
                new Check("Nodes", missing == 0, present.size() + " running" + (missing == 0 ? "" : ", " + missing + " missing")),
                new Check("Database", database, database ? "answers in " + slowest + " ms" : "does not answer"),
                new Check("Broker", broker == present.size(), broker + " of " + present.size() + " nodes reach it"),
                directory(),
                letters());
    }

    private Check letters() {
        OptionalInt count = letters.count();
        if (count.isEmpty()) {
            return new Check("Dead letters", true, "not counted yet");
        }
        int known = count.getAsInt();
        return new Check("Dead letters", known == 0, known < DeadLetters.MOST_COUNTED ? known + " waiting" : known + " or more");
    }

    private Check directory() {
        if (!directory.exists()) {
            return new Check("Directory", true, "none is configured");
        }
        String age = directory.isKnown() ? Times.words(directory.age()) + " old" : "not read yet";
        return new Check("Directory", directory.isAvailable(), directory.size() + " people, " + age);
    }

    public List<Chart> getCharts() {
        List<NodeReport> present = present();
        return List.of(
                Chart.of("Publications/s", "", present, Sample::publications, Double::sum),
                Chart.of("Notifications/s", "", present, Sample::notifications, Double::sum),
                Chart.of("Latency (99 %)", " ms", present, Sample::latency, Math::max),
                Chart.of("Changes waiting", "", present, sample -> sample.waiting(), Double::sum),
                Chart.of("Announcements waiting", "", present, sample -> sample.unsent(), Double::sum),
                Chart.of("Watchers connected", "", present, sample -> sample.watchers(), Double::sum));
    }

    private List<NodeReport> present() {
        return reports().stream().filter(node -> !isMissing(node)).toList();
    }

    private List<NodeReport> reports() {
        List<NodeReport> known = read;
        if (known == null) {
            try {
                known = reports.all();
            } catch (Problem unavailable) {
                known = List.of();
                database = false;
            }
            read = known;
        }
        return known;
    }

    private boolean isMissing(NodeReport node) {
        return node.reportedAt().isBefore(clock.now().minus(LATE));
    }

    private Line line(NodeReport node) {
        Sample last = node.last();
        return new Line(
                node.name(),
                isMissing(node),
                node.startedAt(),
                node.reportedAt(),
                node.broker(),
                node.silence(),
                node.databaseMillis(),
                last.watchers(),
                last.waiting(),
                String.format("%.1f", last.publications()),
                String.format("%.1f", last.notifications()),
                String.format("%.0f ms", last.latency()));
    }
}
