package io.caracal.inference.stream;

/// What a crash may do to outcomes.
public enum Delivery {
    /// Outcomes and offsets in one Kafka transaction: a reader of committed records sees each outcome once.
    EXACTLY_ONCE,
    /// Outcomes before offsets: after a crash some come twice.
    AT_LEAST_ONCE
}
