package io.caracal.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds threads that somebody started and did not end. Open it before, [#close] it after everything else is closed.
public final class ThreadCheck implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final String prefix;
    private final Set<Long> before;

    private ThreadCheck(String prefix, Set<Long> before) {
        this.prefix = prefix;
        this.before = before;
    }

    /// @param prefix of the names of the threads to look at; platform threads only
    public static ThreadCheck of(String prefix) {
        return new ThreadCheck(
                prefix, threads(prefix).stream().map(Thread::threadId).collect(Collectors.toSet()));
    }

    /// Names of the threads that were started since and still run.
    public List<String> left() {
        return threads(prefix).stream()
                .filter(thread -> !before.contains(thread.threadId()))
                .map(Thread::getName)
                .sorted()
                .toList();
    }

    /// @throws org.awaitility.core.ConditionTimeoutException if some do not end within ten seconds
    @Override
    public void close() {
        await("threads left: " + left()).atMost(GRACE).until(this::left, List::isEmpty);
    }

    private static List<Thread> threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .toList();
    }
}
