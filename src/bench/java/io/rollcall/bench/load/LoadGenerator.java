package io.rollcall.bench.load;

import java.io.IOException;
import java.util.Map;

/** The load generator's process: does what its arguments say and prints a line for each result. */
public final class LoadGenerator {
    private LoadGenerator() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Plan plan = Plan.of(arguments);
        Target target = plan.isFloor()
                ? Target.floor(plan.host(), plan.port())
                : Target.signedIn(plan.host(), plan.port(), "service", "service");
        Map<String, Object> results =
                plan.idle().length > 0 ? new Idle(plan, target).run() : new Workload(plan, target).run();
        results.forEach((name, value) -> System.out.println("result " + name + '=' + value));
        System.exit(0);
    }
}
