package io.caracal.inference.stream;

import io.caracal.contracts.Topics;
import java.time.Duration;

/// How images are read and outcomes are written.
///
/// @param instanceId unique among the instances of the group, and better the same after a restart: a transaction that
///     a crash left open is then aborted at once rather than after `transactionTimeout`
/// @param batchImages images in a batch at most; batches that are done at the same time are committed together
/// @param batchWait how long a batch that is not full waits for more images
/// @param inFlightBatches polled and not yet committed: with 2, one is decoded and scored while the other is
///     committed
/// @param inFlightBytes encoded bytes polled and not yet committed, above which nothing more is polled; what one poll
///     returns, at most half of it, may come on top
/// @param transactionTimeout after which the broker aborts what an instance began and did not commit; nothing of a
///     batch is sent for longer
/// @param sessionTimeout after which the group gives the partitions of a silent instance to others
/// @param drainTimeout how long a stop waits for the images in flight
public record StreamSettings(
        Topics topics,
        String groupId,
        String instanceId,
        Delivery delivery,
        StartAt startAt,
        int batchImages,
        Duration batchWait,
        int inFlightBatches,
        long inFlightBytes,
        Duration transactionTimeout,
        Duration sessionTimeout,
        Duration drainTimeout) {
    private static final int SMALLEST_IN_FLIGHT = 1 << 20;

    public StreamSettings {
        require(!groupId.isBlank(), "group-id", groupId, "a name");
        require(!instanceId.isBlank(), "instance-id", instanceId, "a name");
        require(batchImages >= 1 && batchImages <= 10_000, "batch.max-images", batchImages, "1 to 10000");
        require(
                !batchWait.isNegative() && batchWait.compareTo(Duration.ofSeconds(10)) <= 0,
                "batch.max-wait",
                batchWait,
                "0S to 10S");
        require(inFlightBatches >= 1 && inFlightBatches <= 100, "in-flight.max-batches", inFlightBatches, "1 to 100");
        require(
                inFlightBytes >= SMALLEST_IN_FLIGHT && inFlightBytes <= Integer.MAX_VALUE,
                "in-flight.max-bytes",
                inFlightBytes,
                SMALLEST_IN_FLIGHT + " to " + Integer.MAX_VALUE);
        requireTimeout("transaction-timeout", transactionTimeout);
        requireTimeout("session-timeout", sessionTimeout);
        requireTimeout("drain-timeout", drainTimeout);
    }

    private static void requireTimeout(String setting, Duration given) {
        boolean holds = given.compareTo(Duration.ofSeconds(1)) >= 0 && given.compareTo(Duration.ofMinutes(15)) <= 0;
        require(holds, setting, given, "1S to 15M");
    }

    private static void require(boolean holds, String setting, Object given, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "caracal.inference." + setting + " is " + given + ", allowed is " + allowed);
        }
    }
}
