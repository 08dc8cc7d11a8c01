package io.caracal.contracts;

/// Header names of CloudEvents 1.0 in Kafka's binary content mode (CloudEvents Kafka protocol binding, section 3.2):
/// the value is the image and nothing else, everything about it is a header.
public final class CloudEvents {
    public static final String SPEC_VERSION = "ce_specversion";
    public static final String ID = "ce_id";
    public static final String SOURCE = "ce_source";
    public static final String TYPE = "ce_type";
    public static final String SUBJECT = "ce_subject";
    public static final String TIME = "ce_time";
    public static final String CONTENT_TYPE = "content-type";

    /// The value of [#SPEC_VERSION].
    public static final String VERSION = "1.0";

    /// The value of [#TYPE] on the `images` topic.
    public static final String IMAGE = "io.caracal.image";

    /// The value of [#TYPE] on the `predictions` topic.
    public static final String PREDICTION = "io.caracal.prediction";

    /// The value of [#SOURCE] on the `predictions` topic.
    public static final String INFERENCE = "caracal/inference";

    private CloudEvents() {}
}
