package peers;

import java.io.File;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/** Main workload contestant seconds repetitions [key=value ...]: one JSON line per run on stdout (prefix "RESULT "). */
public final class Main {
    static Contestant contestant(String name) {
        switch (name) {
            case "weir": return new io.weir.bench.WeirContestant();
            case "flink": return new peers.flink.FlinkContestant();
            case "jet": return new peers.jet.JetContestant(true);
            case "jet-pipeline": return new peers.jet.JetContestant(false);
            case "bare": return new peers.bare.BareLoopContestant();
            default:
                try { // a third contestant may live in another jar: give its class name
                    return (Contestant) Class.forName(name).getDeclaredConstructor().newInstance();
                } catch (ReflectiveOperationException e) {
                    throw new IllegalArgumentException("unknown contestant " + name, e);
                }
        }
    }

    public static void main(String[] args) throws Exception {
        if (args.length < 1) {
            System.err.println("usage: Main <workload> <contestant> <seconds> <repetitions> [key=value...] | rawdisk <MB>");
            System.exit(2);
        }
        if (args[0].equals("rawdisk")) {
            System.out.println("RESULT " + json(rawDisk(Long.parseLong(args[1]) << 20, Spec.of("w3").dir)));
            return;
        }
        if (args[0].equals("xmx")) { // for run-all.sh
            Spec s = Spec.of(args[1]);
            for (int i = 2; i < args.length; i++) s.set(args[i]);
            System.out.println(s.xmx);
            return;
        }
        String w = args[0], c = args[1];
        int seconds = args.length > 2 ? Integer.parseInt(args[2]) : 0;
        int reps = args.length > 3 ? Integer.parseInt(args[3]) : 1;
        int rc = 0;
        for (int r = 0; r < reps; r++) {
            Map<String, Object> out = result(w, c, () -> contestant(c), seconds, r, Arrays.asList(args).subList(Math.min(4, args.length), args.length));
            System.out.println("RESULT " + json(out));
            if (out.containsKey("error") || "WRONG".equals(out.get("verify"))) { rc = 1; break; }
        }
        System.out.flush();
        Runtime.getRuntime().halt(rc);
    }

    /** One run in this process; a failure is part of the result. */
    public static Map<String, Object> result(String w, String c, Supplier<Contestant> contestant, int seconds, int rep, List<String> sets) {
        Spec spec = Spec.of(w);
        if (seconds > 0) spec.measureSec = seconds;
        sets.forEach(spec::set);
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("workload", w);
        out.put("contestant", c);
        out.put("rep", rep);
        if (!spec.extra.isEmpty()) out.put("overrides", spec.extra.toString());
        try {
            run(spec, contestant.get(), out);
        } catch (Throwable t) {
            t.printStackTrace();
            out.put("error", String.valueOf(t));
        }
        return out;
    }

    static void run(Spec spec, Contestant c, Map<String, Object> out) throws Exception {
        String un = c.unsupported(spec);
        if (un != null) {
            out.put("unsupported", un);
            return;
        }
        deleteTree(Paths.get(spec.dir));
        Files.createDirectories(Paths.get(spec.dir));
        Ctl.init(spec);
        // generators' tables are built before the clock starts
        for (int p = 0; p < spec.parallelism; p++) new SourceLogic(spec, p, 0);
        long tStart = System.nanoTime();
        try (RunningJob job = c.start(spec)) {
            long want = spec.prefillPerSplit() * spec.parallelism;
            if (spec.prefill) {
                long limit = System.nanoTime() + 600_000_000_000L;
                while (Ctl.prefillEmitted.getCount() > 0 || Ctl.sinkCount() < want) {
                    Thread.sleep(5);
                    check(job);
                    if (System.nanoTime() > limit) throw new IllegalStateException("prefill did not end: " + Ctl.sinkCount() + " of " + want);
                }
                double s = (System.nanoTime() - tStart) / 1e9;
                out.put("startAndPrefillSec", round(s));
                out.put("prefillRecPerSec", Math.round(want / s));
            }
            if (spec.rate > 0) Ctl.paceT0 = System.nanoTime() + 200_000_000L;
            String prof = spec.extra.get("profile");
            sleepChecked(job, spec.warmupSec * 1000L);
            if (prof != null) profiler("start,event=" + prof + ",interval=" + ("alloc".equals(prof) ? "512k" : "1ms") + ",threads");

            if (spec.failure) recovery(spec, job, out);
            else measure(spec, job, out);

            if (prof != null) {
                String f = spec.extra.getOrDefault("profileOut", System.getProperty("java.io.tmpdir") + "/peers-profile-" + spec.name + "-" + c.name());
                Files.createDirectories(Paths.get(f).getParent());
                profiler("stop,flat=40,traces=0,file=" + f + ".flat.txt");
                profiler("dump,collapsed,threads,file=" + f + ".collapsed.txt");
            }
            if (job.failure() != null) throw new IllegalStateException("job failed", job.failure());
            Ctl.measuring = false;
            Ctl.stop = true;
            long tStop = System.nanoTime();
            job.awaitFinished();
            out.put("drainMs", (System.nanoTime() - tStop) / 1_000_000);
            checkpointStats(spec, job, out);
            gaps(spec, out);
            latencies(spec, out);
            for (var e : job.extras().entrySet()) out.put(e.getKey(), e.getValue());
            // verification
            long[] n = new long[spec.parallelism];
            for (int i = 0; i < n.length; i++) n[i] = Ctl.finalIndex.get(i);
            long count = 0, sum = 0;
            for (int i = 0; i < spec.parallelism; i++) {
                SinkLogic l = Ctl.sinks.get(i);
                count += l.count();
                sum += l.checksum();
                if (!l.finished) out.put("verifyNote", "sink " + i + " not finished");
            }
            out.put("records", count);
            long[] exp = Verify.expected(spec, n);
            boolean ok = exp[0] == count && exp[1] == sum;
            out.put("verify", ok ? "ok" : "WRONG");
            if (!ok) out.put("verifyDetail", "expected " + exp[0] + "/" + exp[1] + " got " + count + "/" + sum + " final " + Arrays.toString(n));
        }
        deleteTree(Paths.get(spec.dir));
    }

    static long windowStartEpoch, windowEndEpoch;

    static void measure(Spec spec, RunningJob job, Map<String, Object> out) throws Exception {
        long[] gc0 = gc();
        long[] st0 = procStat();
        long cpu0 = cpu();
        windowStartEpoch = System.currentTimeMillis();
        Ctl.measuring = true;
        long c0 = Ctl.sinkCount();
        long t0 = System.nanoTime();
        long end = t0 + spec.measureSec * 1_000_000_000L, max = t0 + spec.maxMeasureSec * 1_000_000_000L;
        while (true) {
            long now = System.nanoTime();
            if (now >= end && (spec.minCkpts == 0 || spec.ckptMs == 0 || now >= max || inWindow(job).size() >= spec.minCkpts)) break;
            sleepChecked(job, Math.max(1, Math.min(100, (end - now) / 1_000_000)));
        }
        long c1 = Ctl.sinkCount();
        long t1 = System.nanoTime();
        Ctl.measuring = false;
        windowEndEpoch = System.currentTimeMillis();
        long cpu1 = cpu();
        long[] st1 = procStat();
        long[] gc1 = gc();
        double sec = (t1 - t0) / 1e9;
        long n = c1 - c0;
        out.put("windowSec", round(sec));
        out.put("recPerSec", Math.round(n / sec));
        out.put("cpuNsPerRec", n == 0 ? -1 : round((cpu1 - cpu0) / (double) n));
        out.put("cpuCores", round((cpu1 - cpu0) / 1e9 / sec));
        double hz = 100.0;
        out.put("otherCores", round(Math.max(0, (st1[0] - st0[0]) / hz / sec - (cpu1 - cpu0) / 1e9 / sec)));
        out.put("stealCores", round((st1[1] - st0[1]) / hz / sec));
        out.put("gcMs", gc1[0] - gc0[0]);
        out.put("gcCount", gc1[1] - gc0[1]);
        Runtime rt = Runtime.getRuntime();
        out.put("heapUsedMb", (rt.totalMemory() - rt.freeMemory()) >> 20);
        out.put("rssMb", rssMb());
    }

    static List<CheckpointStat> inWindow(RunningJob job) {
        List<CheckpointStat> l = new ArrayList<>();
        for (CheckpointStat s : job.checkpoints()) {
            if (s.startEpochMs() >= windowStartEpoch && (windowEndEpoch == 0 || s.startEpochMs() <= windowEndEpoch)) l.add(s);
        }
        return l;
    }

    static void recovery(Spec spec, RunningJob job, Map<String, Object> out) throws Exception {
        long since = System.currentTimeMillis();
        windowStartEpoch = since;
        long limit = System.nanoTime() + 180_000_000_000L;
        while (true) {
            List<CheckpointStat> l = job.checkpoints();
            if (!l.isEmpty() && l.get(l.size() - 1).startEpochMs() > since) break;
            sleepChecked(job, 25);
            if (System.nanoTime() > limit) throw new IllegalStateException("no checkpoint to recover from");
        }
        sleepChecked(job, 2000);
        Ctl.measuring = true;
        long cpu0 = cpu(), tw0 = System.nanoTime();
        long[] st0 = procStat();
        Ctl.failNow = true;
        limit = System.nanoTime() + 240_000_000_000L;
        boolean done;
        do {
            Thread.sleep(2);
            if (job.failure() != null) throw new IllegalStateException("job failed", job.failure());
            done = true;
            for (int i = 0; i < spec.parallelism; i++) done &= Ctl.caughtUp.get(i) != 0;
            if (System.nanoTime() > limit) throw new IllegalStateException("did not catch up; failedAt=" + Ctl.failedAt + " first=" + Ctl.firstRecord);
        } while (!done);
        long f = Ctl.failedAt, first = Long.MAX_VALUE, last = 0, caught = 0, at = 0;
        for (int i = 0; i < spec.parallelism; i++) {
            long r = Ctl.firstRecord.get(i);
            first = Math.min(first, r);
            last = Math.max(last, r);
            caught = Math.max(caught, Ctl.caughtUp.get(i));
            at += Ctl.replayed.get(i) - spec.prefillPerSplit();
        }
        out.put("failToFirstRecordMs", round((first - f) / 1e6));
        out.put("failToAllSubtasksMs", round((last - f) / 1e6));
        out.put("failToCaughtUpMs", round((caught - f) / 1e6));
        out.put("replaySec", round(((f - Ctl.paceT0) / 1e9 * spec.rate - at) / spec.rate));
        out.put("recoveryCpuSec", round((cpu() - cpu0) / 1e9));
        sleepChecked(job, 3000);
        double sec = (System.nanoTime() - tw0) / 1e9;
        out.put("otherCores", round(Math.max(0, (procStat()[0] - st0[0]) / 100.0 / sec - (cpu() - cpu0) / 1e9 / sec)));
        Ctl.measuring = false;
        Runtime rt = Runtime.getRuntime();
        out.put("heapUsedMb", (rt.totalMemory() - rt.freeMemory()) >> 20);
        out.put("rssMb", rssMb());
    }

    static void checkpointStats(Spec spec, RunningJob job, Map<String, Object> out) {
        if (spec.ckptMs == 0) return;
        List<CheckpointStat> l = inWindow(job);
        if (spec.failure) { l = job.checkpoints(); if (l.size() > 1) l = l.subList(Math.max(0, l.size() - 3), l.size()); }
        out.put("ckptN", l.size());
        if (l.isEmpty()) return;
        stat(out, "ckptE2eMs", l, CheckpointStat::e2eMs, true);
        stat(out, "ckptSyncMs", l, CheckpointStat::syncMs, true);
        stat(out, "ckptAsyncMs", l, CheckpointStat::asyncMs, true);
        stat(out, "ckptAlignMs", l, CheckpointStat::alignMs, true);
        stat(out, "ckptStartDelayMs", l, CheckpointStat::startDelayMs, false);
        stat(out, "ckptMB", l, s -> s.bytesWritten() < 0 ? -1 : s.bytesWritten() / 1e6, true);
        stat(out, "ckptFullMB", l, s -> s.fullBytes() < 0 ? -1 : s.fullBytes() / 1e6, false);
        stat(out, "ckptInflightMB", l, s -> s.inflightBytes() < 0 ? -1 : s.inflightBytes() / 1e6, true);
        out.put("ckptMBMean", round(l.stream().mapToDouble(x -> Math.max(0, x.bytesWritten()) / 1e6).average().orElse(0)));
        CheckpointStat m = l.stream().sorted(Comparator.comparingDouble(CheckpointStat::e2eMs)).skip(l.size() / 2).findFirst().get();
        if (m.bytesWritten() > 0 && m.e2eMs() > 0) out.put("ckptMBps", round(m.bytesWritten() / 1e6 / (m.e2eMs() / 1e3)));
    }

    interface F { double of(CheckpointStat s); }

    static void stat(Map<String, Object> out, String k, List<CheckpointStat> l, F f, boolean max) {
        double[] v = l.stream().mapToDouble(f::of).filter(x -> x >= 0).sorted().toArray();
        if (v.length == 0) return;
        out.put(k, round(v[v.length / 2]));
        if (max) out.put(k + "Max", round(v[v.length - 1]));
    }

    static void gaps(Spec spec, Map<String, Object> out) {
        if (!spec.trackGap) return;
        long g = 0, n5 = 0, n20 = 0;
        for (KeyedProbe p : Ctl.keyed) { g = Math.max(g, p.maxGap); n5 += p.gaps5ms; n20 += p.gaps20ms; }
        out.put("maxGapMs", round(g / 1e6));
        out.put("gapsOver5ms", n5);
        out.put("gapsOver20ms", n20);
    }

    static void latencies(Spec spec, Map<String, Object> out) {
        if (!spec.trackLatency) return;
        Histogram h = new Histogram(600_000_000_000L, 3);
        for (SinkLogic l : Ctl.allSinks) if (l.hist() != null) h.add(l.hist());
        if (h.getTotalCount() == 0) return;
        out.put("latN", h.getTotalCount());
        out.put("latP50Ms", round(h.getValueAtPercentile(50) / 1e6));
        out.put("latP99Ms", round(h.getValueAtPercentile(99) / 1e6));
        out.put("latP999Ms", round(h.getValueAtPercentile(99.9) / 1e6));
        out.put("latP9999Ms", round(h.getValueAtPercentile(99.99) / 1e6));
        out.put("latMaxMs", round(h.getMaxValue() / 1e6));
    }

    static void sleepChecked(RunningJob job, long ms) throws Exception {
        long end = System.nanoTime() + ms * 1_000_000;
        for (long left; (left = end - System.nanoTime()) > 0; ) {
            Thread.sleep(Math.min(left / 1_000_000 + 1, 50));
            check(job);
        }
    }

    static void check(RunningJob job) {
        Throwable f = job.failure();
        if (f != null) throw new IllegalStateException("job failed: " + f, f);
    }

    static void profiler(String cmd) {
        try {
            System.err.println(one.profiler.AsyncProfiler.getInstance().execute(cmd));
        } catch (Exception e) {
            System.err.println("profiler: " + e);
        }
    }

    // ------------------------------------------------------------------ raw disk

    /** sequential write of the given number of bytes with 1 MiB chunks, then fsync: what the disk itself allows */
    static Map<String, Object> rawDisk(long bytes, String dir) throws Exception {
        Files.createDirectories(Paths.get(dir));
        Path f = Paths.get(dir, "raw.bin");
        ByteBuffer b = ByteBuffer.allocateDirect(1 << 20);
        java.util.Random r = new java.util.Random(1);
        byte[] a = new byte[1 << 20];
        r.nextBytes(a);
        b.put(a);
        long t0 = System.nanoTime();
        long t1;
        try (FileChannel ch = FileChannel.open(f, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            for (long o = 0; o < bytes; o += b.capacity()) {
                b.clear();
                while (b.hasRemaining()) ch.write(b);
            }
            t1 = System.nanoTime();
            ch.force(true);
        }
        long t2 = System.nanoTime();
        Files.delete(f);
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("workload", "rawdisk");
        m.put("contestant", "filechannel");
        m.put("MB", bytes / 1e6);
        m.put("writeMs", round((t1 - t0) / 1e6));
        m.put("writeFsyncMs", round((t2 - t0) / 1e6));
        m.put("writeMBps", round(bytes / 1e6 / ((t1 - t0) / 1e9)));
        m.put("writeFsyncMBps", round(bytes / 1e6 / ((t2 - t0) / 1e9)));
        return m;
    }

    // ------------------------------------------------------------------ small parts

    static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    static long[] gc() {
        long t = 0, n = 0;
        for (GarbageCollectorMXBean b : ManagementFactory.getGarbageCollectorMXBeans()) { t += b.getCollectionTime(); n += b.getCollectionCount(); }
        return new long[]{t, n};
    }

    /** {busy jiffies, stolen jiffies} of the whole machine */
    static long[] procStat() {
        try {
            String[] p = Files.readAllLines(Paths.get("/proc/stat")).get(0).trim().split("\\s+");
            long busy = 0;
            for (int i : new int[]{1, 2, 3, 6, 7}) busy += Long.parseLong(p[i]);
            return new long[]{busy, Long.parseLong(p[8])};
        } catch (Exception e) {
            return new long[]{0, 0};
        }
    }

    static long rssMb() {
        try {
            for (String l : Files.readAllLines(Paths.get("/proc/self/status"))) {
                if (l.startsWith("VmRSS")) return Long.parseLong(l.replaceAll("\\D", "")) >> 10;
            }
        } catch (Exception e) { /* not on Linux */ }
        return -1;
    }

    public static void deleteTree(Path p) {
        File f = p.toFile();
        File[] l = f.listFiles();
        if (l != null) for (File c : l) {
            if (Files.isSymbolicLink(c.toPath())) c.delete(); else deleteTree(c.toPath());
        }
        f.delete();
    }

    public static double round(double d) {
        double a = Math.abs(d);
        double k = a >= 1000 ? 1 : a >= 10 ? 10 : a >= 0.1 ? 1000 : 100000;
        return Math.round(d * k) / k;
    }

    public static String json(Map<String, Object> m) {
        StringBuilder b = new StringBuilder("{");
        for (var e : m.entrySet()) {
            if (b.length() > 1) b.append(", ");
            b.append('"').append(e.getKey()).append("\": ");
            Object v = e.getValue();
            if (v instanceof Number || v instanceof Boolean) {
                if (v instanceof Double d && d == Math.rint(d) && Math.abs(d) < 1e15) b.append((long) (double) d);
                else b.append(v);
            } else b.append('"').append(String.valueOf(v).replace("\\", "\\\\").replace("\"", "'").replace("\n", " ")).append('"');
        }
        return b.append('}').toString();
    }
}
