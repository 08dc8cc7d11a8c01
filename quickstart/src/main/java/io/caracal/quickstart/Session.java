package io.caracal.quickstart;

import io.caracal.datasets.DataSetException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// A run with everything around it: exit codes, Ctrl-C, processes that die.
final class Session {
    private final UpSettings settings;
    private final Display display;
    private final PrintStream errors;
    private final AtomicReference<String> death = new AtomicReference<>();
    private final CountDownLatch died = new CountDownLatch(1);
    private volatile boolean stopping;

    Session(UpSettings settings, Display display, PrintStream errors) {
        this.settings = settings;
        this.display = display;
        this.errors = errors;
    }

    /// @return the exit code: 0 if every image had exactly one outcome, 1 if not or if the run could not be finished
    int run() {
        Thread runner = Thread.currentThread();
        try (var up = new Up(settings, display, message -> {
            if (death.compareAndSet(null, message)) {
                died.countDown();
                runner.interrupt();
            }
        })) {
            // Ctrl-C and SIGTERM: the children first, then this process.
            var hook = new Thread(
                    () -> {
                        stopping = true;
                        up.stop();
                    },
                    "stop");
            Runtime.getRuntime().addShutdownHook(hook);
            boolean exactlyOnce = up.run();
            if (!settings.once()) {
                display.say("Running until Ctrl-C.");
                new CountDownLatch(1).await();
            }
            return exactlyOnce ? 0 : 1;
        } catch (QuickstartException | DataSetException e) {
            return failed(e.getMessage());
        } catch (InterruptedException e) {
            return failed("interrupted");
        } catch (IOException e) {
            awaitDeath();
            return failed(e.toString());
        }
    }

    /// A connection breaks a moment before the end of the process behind it is noticed.
    private void awaitDeath() {
        try {
            died.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            // It was noticed.
        }
    }

    private int failed(String message) {
        if (stopping) {
            // Whatever broke, broke because it was stopped.
            return 1;
        }
        // A child that died is the cause of whatever else went wrong.
        errors.println("caracal: " + (death.get() == null ? message : death.get()));
        return 1;
    }
}
