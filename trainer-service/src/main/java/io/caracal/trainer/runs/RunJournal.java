package io.caracal.trainer.runs;

import io.caracal.contracts.Json;
import io.caracal.contracts.MalformedRecordException;
import io.caracal.contracts.TrainingEvent;
import io.caracal.contracts.TrainingEvent.State;
import io.caracal.trainer.release.AtomicFiles;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The states of runs on disk, one file per run, so that a process that starts knows what its predecessor left
/// unfinished. Owns a lock on its folder: two trainers that shared one would take each other's runs for dead.
public final class RunJournal implements RunObserver, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RunJournal.class.getName());
    private static final String SUFFIX = ".json";

    private final Path folder;
    private final int remembered;
    private final FileChannel lock;
    private final Map<String, State> written = new HashMap<>();

    private RunJournal(Path folder, int remembered, FileChannel lock) {
        this.folder = folder;
        this.remembered = remembered;
        this.lock = lock;
    }

    /// @param remembered runs whose files are kept
    /// @throws IOException in one line, if the folder cannot be used or another trainer uses it
    public static RunJournal open(Path folder, int remembered) throws IOException {
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked(channel)) {
            channel.close();
            throw new IOException("another trainer uses " + folder);
        }
        return new RunJournal(folder, remembered, channel);
    }

    /// The lock goes with the channel.
    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /// A run of an earlier process.
    ///
    /// @param interrupted it had not ended when its process did
    public record Past(TrainingEvent event, boolean interrupted) {}

    /// The last event of every run of earlier processes, oldest first. One that had not ended is interrupted now.
    public List<Past> recover(InstantSource clock) throws IOException {
        List<Past> past = new ArrayList<>();
        for (Path file : files()) {
            TrainingEvent event = read(file);
            if (Run.ended(event.state())) {
                past.add(new Past(event, false));
            } else {
                TrainingEvent interrupted = interrupted(event, clock);
                changed(interrupted);
                past.add(new Past(interrupted, true));
            }
        }
        return past;
    }

    private static TrainingEvent interrupted(TrainingEvent event, InstantSource clock) {
        String state = event.state().name().toLowerCase(Locale.ROOT);
        return new TrainingEvent(
                event.run(),
                State.INTERRUPTED,
                event.preset(),
                clock.instant(),
                event.progress(),
                Optional.empty(),
                Optional.of("the trainer stopped while the run was " + state));
    }

    private static TrainingEvent read(Path file) throws IOException {
        try {
            return Json.read(Files.readAllBytes(file), TrainingEvent.class);
        } catch (MalformedRecordException e) {
            throw new IOException("damaged run journal " + file + ": " + e.getMessage(), e);
        }
    }

    /// Writes the event if the run's state changed. A journal that cannot be written does not end a run: it is only
    /// needed after a crash.
    @Override
    public synchronized void changed(TrainingEvent event) {
        if (event.state() == written.get(event.run())) {
            return;
        }
        try {
            AtomicFiles.write(folder.resolve(event.run() + SUFFIX), Json.write(event));
            if (Run.ended(event.state())) {
                written.remove(event.run());
                forgetOldest();
            } else {
                written.put(event.run(), event.state());
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "state of run " + event.run() + " is not on disk", e);
        }
    }

    private void forgetOldest() throws IOException {
        List<Path> files = files();
        for (Path file : files.subList(0, Math.max(0, files.size() - remembered))) {
            String run = file.getFileName().toString().replace(SUFFIX, "");
            if (!written.containsKey(run)) {
                Files.deleteIfExists(file);
            }
        }
    }

    /// By run id, so by time.
    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> {
                        String name = file.getFileName().toString();
                        return name.endsWith(SUFFIX) && !name.startsWith(".");
                    })
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
