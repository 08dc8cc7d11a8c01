package io.caracal.inference.stream;

import io.caracal.inference.metrics.InferenceMetrics;
import io.caracal.inference.model.ModelSlot;
import io.caracal.inference.pipeline.Pipeline;
import io.caracal.inference.sink.Publisher;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jboss.logging.Logger;

/// The thread that everything runs on: waits for the first model, then runs one session after the other. A session
/// ends by a stop or by a failure (broker away, producer fenced, model broken); then a new one goes on from the
/// committed offsets.
public final class StreamLoop implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(StreamLoop.class);
    private static final Duration MODEL_POLL = Duration.ofMillis(100);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final KafkaClients clients;
    private final ModelSlot slot;
    private final Pipeline pipeline;
    private final StreamSettings settings;
    private final InferenceMetrics metrics;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("stream").unstarted(this::run);
    private volatile StreamState state = new StreamState.WaitingForModel();

    /// @param kafka Kafka's own settings: where it is, how to log in
    public StreamLoop(
            Map<String, Object> kafka,
            ModelSlot slot,
            Pipeline pipeline,
            StreamSettings settings,
            InferenceMetrics metrics) {
        this.clients = new KafkaClients(kafka, settings);
        this.slot = slot;
        this.pipeline = pipeline;
        this.settings = settings;
        this.metrics = metrics;
    }

    public void start() {
        thread.start();
    }

    StreamState state() {
        return state;
    }

    private boolean isStopping() {
        return stop.getCount() == 0;
    }

    private void run() {
        try {
            while (!isStopping() && !slot.awaitModel(MODEL_POLL)) {
                state = new StreamState.WaitingForModel();
            }
            runSessions();
            state = new StreamState.Stopped();
        } catch (InterruptedException e) {
            state = new StreamState.Stopped();
        } catch (Throwable e) {
            state = new StreamState.Dead(oneLine(e));
            LOG.error("The stream ends, this process must be replaced", e);
            throw e;
        }
    }

    private void runSessions() throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        while (!isStopping()) {
            state = new StreamState.Connecting();
            try (StreamSession session = newSession()) {
                try {
                    session.open();
                    state = new StreamState.Running();
                    session.run(this::isStopping);
                } catch (RuntimeException e) {
                    pause = session.isFruitful() ? FIRST_PAUSE : pause;
                    recover(e, pause);
                }
            } catch (RuntimeException e) {
                recover(e, pause);
            }
            if (!(state instanceof StreamState.Running)) {
                stop.await(pause.toMillis(), TimeUnit.MILLISECONDS);
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        }
    }

    private StreamSession newSession() {
        Consumer<byte[], byte[]> consumer = clients.consumer();
        try {
            Publisher publisher = clients.publisher(consumer);
            return new StreamSession(consumer, publisher, pipeline, settings, metrics);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    private void recover(RuntimeException failure, Duration pause) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (isFenced(failure)) {
            clients.leaveTransactionalId();
        }
        state = new StreamState.Recovering(oneLine(failure));
        metrics.clientsReplaced();
        if (failure instanceof KafkaException) {
            LOG.warnf("The stream goes on from the committed offsets in %d ms: %s", pause.toMillis(), oneLine(failure));
            LOG.debug("What failed", failure);
        } else {
            LOG.errorf(failure, "The stream goes on from the committed offsets in %d ms", pause.toMillis());
        }
    }

    /// Also when it happened while the group was rebalanced: the consumer then wraps it.
    private static boolean isFenced(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProducerFencedException || cause instanceof InvalidProducerEpochException) {
                return true;
            }
        }
        return false;
    }

    /// The exception and what is at its root.
    private static String oneLine(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String first = String.valueOf(e).lines().findFirst().orElse("");
        return root == e || root.getMessage() == null
                ? first
                : first + ": " + root.getMessage().lines().findFirst().orElse("");
    }

    /// Commits what is in flight, leaves the group and ends the thread; gives up after the drain timeout, which loses
    /// nothing either. Further calls do nothing.
    @Override
    public void close() {
        stop.countDown();
        if (!thread.isAlive()) {
            return;
        }
        try {
            if (!thread.join(settings.drainTimeout())) {
                LOG.warn("The images in flight were not committed in time; the next instance reads them again");
                thread.interrupt();
                thread.join(settings.drainTimeout());
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
