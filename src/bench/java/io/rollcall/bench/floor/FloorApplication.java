package io.rollcall.bench.floor;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The JAX-RS application with one empty resource. */
@ApplicationPath("/api")
public class FloorApplication extends Application {}
