package io.rollcall.bench.load;

import java.io.IOException;

/** A connection that publishes. */
interface Publisher {
    void publish(Presentity presentity) throws IOException;

    void close();
}
