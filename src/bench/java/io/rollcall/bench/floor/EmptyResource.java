package io.rollcall.bench.floor;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** Answers with nothing. */
@Path("/empty")
public class EmptyResource {
    @GET
    public void nothing() {
        // 204
    }
}
