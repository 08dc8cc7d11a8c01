package io.caracal.trainer.runs;

import io.caracal.contracts.Json;
import io.caracal.contracts.MalformedRecordException;
import io.caracal.trainer.fit.Checkpoints;
import io.caracal.trainer.release.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What it takes to go on with a run, in a folder per run: its plan and its checkpoints. A run that succeeded needs
/// them no more; of those that ended otherwise the latest are kept.
public final class RunFolders {
    private static final String PLAN = "plan.json";
    private static final String CHECKPOINT = "checkpoint";

    private final Path root;
    private final Limits limits;

    private RunFolders(Path root, Limits limits) {
        this.root = root;
        this.limits = limits;
    }

    /// @param checkpointSteps steps between two checkpoints in an epoch; 0 for one at its end alone
    /// @param resumable runs that ended without success whose checkpoints are kept
    public record Limits(int checkpointSteps, int resumable) {
        public static final Limits DEFAULTS = new Limits(100, 8);

        public Limits {
            if (checkpointSteps < 0) {
                throw new IllegalArgumentException(
                        "runs.checkpoint-steps is " + checkpointSteps + ", allowed is 0 (after each epoch) or more");
            }
            if (resumable < 0) {
                throw new IllegalArgumentException("runs.resumable is " + resumable + ", allowed is 0 or more");
            }
        }
    }

    /// @throws IOException if there can be no such folder
    public static RunFolders open(Path root, Limits limits) throws IOException {
        return new RunFolders(Files.createDirectories(root), limits);
    }

    void keep(String id, RunPlan plan) throws IOException {
        Path folder = Files.createDirectories(root.resolve(id));
        AtomicFiles.write(folder.resolve(PLAN), Json.write(plan));
    }

    /// What the run was to do; empty if that is not kept any more.
    ///
    /// @throws IOException in one line, if it cannot be read, as that of another version of this program may not
    Optional<RunPlan> plan(String id) throws IOException {
        Path file = root.resolve(id).resolve(PLAN);
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.read(Files.readAllBytes(file), RunPlan.class));
        } catch (MalformedRecordException e) {
            throw new IOException("the plan of run " + id + " cannot be read: " + e.getMessage(), e);
        }
    }

    Checkpoints checkpoints(String id) {
        return new Checkpoints(root.resolve(id).resolve(CHECKPOINT), limits.checkpointSteps());
    }

    /// The run is worked on from now on.
    void begin(String id, Instant now) throws IOException {
        Path plan = root.resolve(id).resolve(PLAN);
        if (Files.exists(plan)) {
            Files.setLastModifiedTime(plan, FileTime.from(now));
        }
    }

    /// Nothing is left to go on from.
    void forget(String id) throws IOException {
        Path folder = root.resolve(id);
        if (Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /// Keeps the runs that were worked on last, of those that ended.
    ///
    /// @param live runs that wait or are under way, which are kept in any case
    void forgetOldest(Set<String> live) throws IOException {
        List<Path> all;
        try (Stream<Path> folders = Files.list(root)) {
            all = folders.toList();
        }
        List<Worked> ended = new ArrayList<>();
        for (Path folder : all) {
            String id = folder.getFileName().toString();
            if (!live.contains(id)) {
                ended.add(new Worked(lastWorkedOn(folder), id));
            }
        }
        ended.sort(Comparator.comparing(Worked::last).thenComparing(Worked::id));
        for (Worked run : ended.subList(0, Math.max(0, ended.size() - limits.resumable()))) {
            forget(run.id());
        }
    }

    private record Worked(FileTime last, String id) {}

    /// When its checkpoint was written or it began, whichever is later; if it never did, when it was submitted.
    private static FileTime lastWorkedOn(Path folder) throws IOException {
        FileTime last = FileTime.fromMillis(0);
        for (Path file : List.of(Checkpoints.latest(folder.resolve(CHECKPOINT)), folder.resolve(PLAN))) {
            if (Files.exists(file)) {
                FileTime written = Files.getLastModifiedTime(file);
                last = last.compareTo(written) < 0 ? written : last;
            }
        }
        return last;
    }
}
