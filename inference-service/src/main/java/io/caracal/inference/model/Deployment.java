package io.caracal.inference.model;

import io.caracal.contracts.ModelPublished;
import io.caracal.contracts.ModelPublished.Stage;
import io.caracal.contracts.Prediction.ModelRef;
import io.caracal.inference.metrics.InferenceMetrics;
import io.caracal.scoring.Classifier;
import io.caracal.scoring.ModelException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/// Brings models into the slot, on a thread of its own: fetch, check, open, warm, swap, and only then let go of the
/// one before. A model that fails on this way changes nothing but [#problem]. Of several that wait only the newest is
/// opened, so that a start does not go through the whole history.
public final class Deployment implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Deployment.class);

    private final ModelSlot slot;
    private final ModelSettings settings;
    private final List<ModelStore> stores;
    private final InferenceMetrics metrics;
    private final InstantSource clock;
    private final Duration retryAfter;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread thread = Thread.ofPlatform().name("model-deployment").unstarted(this::deployAll);
    private ModelPublished waiting;
    private Instant newest = Instant.MIN;
    private boolean closed;
    private volatile String problem;

    public Deployment(
            ModelSlot slot,
            ModelSettings settings,
            List<ModelStore> stores,
            InferenceMetrics metrics,
            InstantSource clock,
            Duration retryAfter) {
        this.slot = slot;
        this.settings = settings;
        this.stores = List.copyOf(stores);
        this.metrics = metrics;
        this.clock = clock;
        this.retryAfter = retryAfter;
    }

    /// Loads the fixed model if there is one, else begins to accept published ones.
    ///
    /// @throws ModelException if the fixed model cannot be served
    public void start() {
        if (settings.file().isPresent()) {
            Path file = settings.file().get();
            Classifier classifier = Classifier.open(file, settings.options());
            serve(
                    classifier,
                    new ModelRef(classifier.card().name(), classifier.card().version()),
                    file.toString());
        } else {
            thread.start();
        }
    }

    /// Takes a published model into account; returns at once.
    public void offer(ModelPublished published) {
        switch (published.stage()) {
            case Stage.Champion champion -> replaceWaiting(published);
            case Stage.Shadow shadow -> ignore(published, "shadow models are not served yet");
            case Stage.Canary canary -> ignore(published, "canary models are not served yet");
        }
    }

    /// What is wrong with the newest published model; empty when it answers.
    public Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    /// Something on the `models` topic that is no model.
    public void unreadable(String what) {
        fail(what);
    }

    private void replaceWaiting(ModelPublished published) {
        lock.lock();
        try {
            if (published.publishedAt().isBefore(newest)) {
                ignore(published, "a newer one is known");
                return;
            }
            newest = published.publishedAt();
            waiting = published;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static void ignore(ModelPublished published, String why) {
        LOG.infof("Model %s %s is ignored: %s", published.name(), published.version(), why);
    }

    private void deployAll() {
        try {
            for (ModelPublished next = take(); next != null; next = take()) {
                deploy(next);
            }
        } catch (InterruptedException e) {
            LOG.debug("The deployment of models was interrupted", e);
        }
    }

    /// The next model to deploy; null when closed.
    private ModelPublished take() throws InterruptedException {
        lock.lock();
        try {
            while (waiting == null && !closed) {
                changed.await();
            }
            ModelPublished next = closed ? null : waiting;
            waiting = null;
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void deploy(ModelPublished published) throws InterruptedException {
        try (ModelDownload download = ModelDownload.of(published, stores)) {
            Classifier classifier = Classifier.open(download.file(), settings.options());
            if (!classifier.card().labels().equals(published.card().labels())) {
                classifier.close();
                throw new ModelException("the labels in the file are not those that were published");
            }
            serve(
                    classifier,
                    new ModelRef(published.name(), published.version()),
                    published.uri().toString());
        } catch (IOException e) {
            fail("model " + published.name() + " " + published.version() + " cannot be fetched: " + e);
            retryLater(published);
        } catch (ModelException e) {
            fail("model " + published.name() + " " + published.version() + " is not served: " + e.getMessage());
        }
    }

    private void serve(Classifier classifier, ModelRef ref, String source) {
        LoadedModel model = new LoadedModel(classifier, ref, source, clock.instant());
        slot.put(model);
        problem = null;
        metrics.modelServed(ref);
        LOG.infof(
                "Model %s %s answers, from %s on %s (%s)",
                ref.name(),
                ref.version(),
                source,
                classifier.placement().device(),
                classifier.placement().reason());
    }

    private void fail(String what) {
        problem = what;
        metrics.modelRefused();
        LOG.error(what);
    }

    /// Puts a model back that could not be fetched, unless a newer one came in the meantime.
    private void retryLater(ModelPublished published) throws InterruptedException {
        lock.lock();
        try {
            long left = retryAfter.toNanos();
            while (left > 0 && waiting == null && !closed) {
                left = changed.awaitNanos(left);
            }
            if (waiting == null) {
                waiting = published;
            }
        } finally {
            lock.unlock();
        }
    }

    /// Ends the thread; the models stay their slot's. Further calls do nothing.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            if (thread.isAlive() && !thread.join(Duration.ofMinutes(1))) {
                LOG.warn("A model is still being opened");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
