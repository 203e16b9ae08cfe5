package io.rollcall.bench.load;

import java.io.IOException;

/** The load generator's process: does what its arguments say and prints a line for each result. */
public final class LoadGenerator {
    private LoadGenerator() {}

    public static void main(String[] arguments) throws IOException {
        Plan plan = Plan.of(arguments);
        Target target = plan.isFloor()
                ? Target.floor(plan.host(), plan.port())
                : Target.signedIn(plan.host(), plan.port(), "service", "service");
        new Workload(plan, target).run().forEach((name, value) -> System.out.println("result " + name + '=' + value));
        System.exit(0);
    }
}
