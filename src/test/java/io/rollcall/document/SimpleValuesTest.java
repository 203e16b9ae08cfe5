package io.rollcall.document;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever the quick looks let pass, the schemas let pass. */
class SimpleValuesTest {

    @Test
    void times_are_valid_for_the_schemas() {
        Random random = new Random(3986);
        String timeMarks = "0123456789-:T.Z+";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder time = new StringBuilder("2026-02-28T23:59:59.5+13:59");
            for (int k = 0; k < 3; k++) {
                time.setCharAt(random.nextInt(time.length()), timeMarks.charAt(random.nextInt(timeMarks.length())));
            }
            if (SimpleValues.isDateTime(time.toString())) {
                SchemaCheck.valid(Documents.document(Documents.tuple("<rpid:activities until='" + time + "'/>")));
            }
        }
    }
}
