package io.caracal.inference.model;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/// Holds the model that answers and changes it under load: whoever scores takes a lease, and a replaced model is
/// closed when the last of its leases is back. Owns the classifiers that it is given.
public final class ModelSlot implements AutoCloseable {
    private final CountDownLatch filled = new CountDownLatch(1);
    private volatile Tenancy current;

    /// Use of one model by one thread.
    public static final class Lease implements AutoCloseable {
        private final Tenancy tenancy;

        private Lease(Tenancy tenancy) {
            this.tenancy = tenancy;
        }

        public LoadedModel model() {
            return tenancy.model;
        }

        /// Gives the lease back, on the thread that took it.
        @Override
        public void close() {
            tenancy.users.readLock().unlock();
        }
    }

    private static final class Tenancy {
        private final LoadedModel model;
        private final ReentrantReadWriteLock users = new ReentrantReadWriteLock();
        private boolean ended;

        Tenancy(LoadedModel model) {
            this.model = model;
        }

        boolean enter() {
            if (!users.readLock().tryLock()) {
                return false;
            }
            if (ended) {
                users.readLock().unlock();
                return false;
            }
            return true;
        }

        void end() {
            users.writeLock().lock();
            try {
                if (!ended) {
                    ended = true;
                    model.classifier().close();
                }
            } finally {
                users.writeLock().unlock();
            }
        }
    }

    /// The model that answers now, kept open until the lease is closed.
    ///
    /// @throws IllegalStateException if there is none yet, or none any more
    public Lease lease() {
        while (true) {
            Tenancy tenancy = current;
            if (tenancy == null) {
                throw new IllegalStateException("there is no model");
            }
            if (tenancy.enter()) {
                return new Lease(tenancy);
            }
            // It was replaced since we looked.
            Thread.onSpinWait();
        }
    }

    /// What answers now, for information only: it may be closed at any time.
    public Optional<LoadedModel> current() {
        return Optional.ofNullable(current).map(tenancy -> tenancy.model);
    }

    /// Waits for the first model; false when there is still none after that time.
    public boolean awaitModel(Duration patience) throws InterruptedException {
        return filled.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Makes this model answer, then waits until nobody uses the one before and closes it.
    synchronized void put(LoadedModel model) {
        Tenancy before = current;
        current = new Tenancy(model);
        filled.countDown();
        if (before != null) {
            before.end();
        }
    }

    @Override
    public synchronized void close() {
        Tenancy last = current;
        current = null;
        if (last != null) {
            last.end();
        }
    }
}
