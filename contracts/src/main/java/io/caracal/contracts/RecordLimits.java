package io.caracal.contracts;

/// The sizes that must agree from the HTTP limit to the broker, in bytes. Each leaves room for what the step before
/// it may add, so that what was accepted once is never refused later.
public final class RecordLimits {
    /// The largest encoded image.
    public static final int IMAGE = 10 * 1024 * 1024;

    /// The largest record on `images`: an image with its key and headers. `max.message.bytes` of the topic.
    public static final int IMAGE_RECORD = IMAGE + 1024 * 1024;

    /// The largest record on `images-rejected`: whatever fits `images`, with the headers that say why it was
    /// rejected.
    /// `max.message.bytes` of the topic, `max.request.size` of its producer.
    public static final int REJECTED_RECORD = IMAGE_RECORD + 1024 * 1024;

    private RecordLimits() {}
}
