package io.rollcall.bench.load;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;

/** What a span of time has cost: on the clock, of the server's processors, and of the load generator's own. */
record ProcessorTimes(double seconds, double serverMicros, double ownMicros) {

    static ProcessorTimes now(Plan plan) {
        OperatingSystemMXBean self = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new ProcessorTimes(
                System.nanoTime() / 1e9,
                ServerCpu.micros(plan.serverPid(), plan.otherPids()),
                self.getProcessCpuTime() / 1e3);
    }

    ProcessorTimes since(ProcessorTimes before) {
        return new ProcessorTimes(
                seconds - before.seconds, serverMicros - before.serverMicros, ownMicros - before.ownMicros);
    }

    /** Says what each of so many operations has cost. */
    void report(Map<String, Object> results, long operations) {
        double divisor = Math.max(1, operations);
        results.put("operations", operations);
        results.put("seconds", seconds);
        results.put("throughput", operations / seconds);
        results.put("serverCpuMicros", serverMicros / divisor);
        results.put("serverCores", serverMicros / 1e6 / seconds);
        results.put("generatorCpuMicros", ownMicros / divisor);
        results.put("generatorCores", ownMicros / 1e6 / seconds);
    }
}
