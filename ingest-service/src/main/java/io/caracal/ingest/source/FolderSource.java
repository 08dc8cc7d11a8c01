package io.caracal.ingest.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.caracal.contracts.ImageEvent;
import io.caracal.contracts.RejectionReason;
import io.caracal.ingest.admit.Intake;
import io.caracal.ingest.admit.Receipt;
import io.caracal.ingest.admit.Upload;
import io.caracal.ingest.publish.InFlight;
import io.caracal.ingest.source.FolderScan.Found;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/// Takes the images that are put into a folder: each is published, then moved to `done` (or deleted), or moved to
/// `rejected` with its reason. The first subfolder of a file names its source; images of one source keep their order,
/// oldest first.
///
/// Each file is published once. Only when the service dies between Kafka's acknowledgement and the move is a file
/// published again, and then under the same id, which is made from its name, size and time.
@Singleton
@Identifier("folder")
final class FolderSource implements ImageSource {
    private static final Logger LOG = Logger.getLogger(FolderSource.class);
    private static final int MAX_PENDING = 64;

    private final FolderSettings settings;
    private final Intake intake;
    private final InFlight inFlight;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final Set<Found> stuck = new HashSet<>();
    private volatile Thread thread;

    FolderSource(FolderSettings settings, Intake intake, InFlight inFlight) {
        this.settings = settings;
        this.intake = intake;
        this.inFlight = inFlight;
    }

    private record Pending(Found found, CompletableFuture<Receipt> receipt) {}

    @Override
    public void start() {
        Path folder = settings.path()
                .orElseThrow(() -> new IllegalArgumentException(
                        "caracal.ingest.folder.path is not set, the source folder needs it"));
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new IllegalArgumentException(
                    "caracal.ingest.folder.path is " + folder + ", a folder is needed whose files can be moved");
        }
        thread = Thread.ofPlatform().daemon().name("ingest-folder").start(() -> run(folder));
    }

    @Override
    public void stop() {
        stopped.countDown();
        if (thread != null) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run(Path folder) {
        var scan = new FolderScan(folder);
        var files = new FolderFiles(folder, settings.after());
        try {
            do {
                try {
                    pass(scan, files);
                } catch (IOException e) {
                    LOG.errorf("Folder %s cannot be read: %s", folder, e);
                }
            } while (!stopped.await(settings.interval().toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            LOG.errorf("Folder %s: the thread was interrupted, no more files are taken", folder);
        }
    }

    /// Takes what is complete, until Kafka is away or the service stops; what is left is seen again.
    private void pass(FolderScan scan, FolderFiles files) throws IOException, InterruptedException {
        boolean open = true;
        for (Found found : scan.complete()) {
            if (!open || stopped.getCount() == 0) {
                break;
            }
            if (!stuck.contains(found)) {
                open = take(found, files);
            }
            while (!pending.isEmpty()
                    && (pending.size() >= MAX_PENDING
                            || pending.peek().receipt().isDone())) {
                open &= putAway(pending.remove(), files);
            }
        }
        while (!pending.isEmpty()) {
            putAway(pending.remove(), files);
        }
    }

    private boolean take(Found found, FolderFiles files) throws InterruptedException {
        if (found.size() > intake.maxBytes()) {
            var refused = new Receipt.Refused(
                    RejectionReason.TOO_MANY_BYTES, found.size() + " bytes, allowed are " + intake.maxBytes());
            pending.add(new Pending(found, CompletableFuture.completedFuture(refused)));
            return true;
        }
        Optional<InFlight.Reservation> reservation = inFlight.reserve((int) found.size());
        if (reservation.isEmpty()) {
            return false;
        }
        try {
            String source = sourceOf(found);
            var upload = new Upload(
                    files.read(found),
                    Optional.of(idOf(found)),
                    source,
                    true,
                    found.modified().toInstant());
            pending.add(new Pending(
                    found,
                    intake.take(upload)
                            .toCompletableFuture()
                            .whenComplete((r, f) -> reservation.get().close())));
        } catch (IOException e) {
            reservation.get().close();
            LOG.warnf("File %s was not read, it is tried again: %s", found.name(), e);
        }
        return true;
    }

    /// Waits for the receipt.
    ///
    /// @return whether Kafka takes images
    private boolean putAway(Pending done, FolderFiles files) {
        try {
            switch (done.receipt().join()) {
                case Receipt.Accepted accepted -> files.accepted(done.found());
                case Receipt.Refused refused -> files.refused(done.found(), refused);
                case Receipt.Unavailable unavailable -> {
                    return false;
                }
            }
        } catch (IOException e) {
            // It must not be published over and over.
            stuck.add(done.found());
            LOG.errorf(
                    "File %s has been dealt with and cannot be moved away: %s",
                    done.found().name(), e);
        }
        return true;
    }

    private String sourceOf(Found found) {
        int slash = found.name().indexOf('/');
        String source = slash < 0 ? settings.source() : found.name().substring(0, slash);
        return ImageEvent.isText(source) ? source : settings.source();
    }

    private static String idOf(Found found) {
        String identity =
                found.name() + "\n" + found.size() + "\n" + found.modified().toMillis();
        return UUID.nameUUIDFromBytes(identity.getBytes(UTF_8)).toString();
    }
}
