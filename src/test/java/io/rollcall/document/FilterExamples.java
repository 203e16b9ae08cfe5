package io.rollcall.document;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Publications of all kinds, by chance, for other rooms to try things with. */
public final class FilterExamples {
    private final RandomPublications random;
    private final Random form;

    public FilterExamples(long seed) {
        random = new RandomPublications(seed);
        form = new Random(seed);
    }

    public Publication next() {
        return form.nextBoolean()
                ? Documents.json(random.json())
                : Documents.READER.readPidf(random.pidf().getBytes(StandardCharsets.UTF_8), null, Documents.ALICE);
    }
}
