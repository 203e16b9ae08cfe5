package io.rollcall.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class AlarmTest {
    private final List<String> lines = new ArrayList<>();
    private final Logger log = Logger.getAnonymousLogger();

    @Test
    void the_readme_says_of_each_what_to_do_and_no_code_is_there_twice() {
        String readme = contentOf(Path.of("README.md").toFile());

        assertThat(Arrays.stream(Alarm.values()).map(Alarm::code))
                .doesNotHaveDuplicates()
                .allSatisfy(code -> assertThat(readme).containsOnlyOnce("| `" + code + "` |"));
    }

    @Test
    void each_is_raised_somewhere() {
        JavaClasses server = new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests())).importPackages("io.rollcall");

        assertThat(Alarm.values()).allSatisfy(alarm -> assertThat(
                        server.get(Alarm.class).getField(alarm.name()).getAccessesToSelf())
                .anyMatch(access -> !access.getOriginOwner().isEquivalentTo(Alarm.class)));
    }

    @Test
    void each_is_counted_and_the_log_has_its_code_a_few_times_a_second() {
        log.setUseParentHandlers(false);
        log.addHandler(new Lines());
        long before = Alarm.FULL.raised();
        for (int i = 0; i < 1000; i++) {
            Alarm.FULL.raise(log, "There is no room");
        }

        assertThat(Alarm.FULL.raised()).isEqualTo(before + 1000);
        assertThat(lines).contains("RC10 There is no room").hasSizeLessThan(100);
        assertThat(new Metrics().scrape()).contains("rollcall_alarms_total{code=\"RC10\"} " + (double) (before + 1000));
    }

    private final class Lines extends Handler {
        @Override
        public void publish(LogRecord line) {
            lines.add(line.getMessage());
        }

        @Override
        public void flush() {
            // nothing is kept back
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
