package io.caracal.inference;

import io.caracal.imaging.Limits;
import io.caracal.inference.model.ModelSettings;
import io.caracal.inference.pipeline.PipelineSettings;
import io.caracal.inference.stream.StreamSettings;
import io.caracal.scoring.ClassifierOptions;
import io.caracal.service.TopicsConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.UUID;

/// What was configured, as values that cannot be wrong: one per feature.
public record Settings(StreamSettings stream, PipelineSettings pipeline, ModelSettings model) {

    /// @param httpPort distinguishes the instances on one host; 0 when any free one is taken
    /// @throws IllegalArgumentException naming the setting, what was given and what is allowed
    static Settings of(InferenceConfig inference, ModelConfig model, TopicsConfig topics, int httpPort) {
        return new Settings(
                new StreamSettings(
                        TopicsConfig.topics(topics),
                        inference.groupId(),
                        inference.instanceId().orElseGet(() -> instanceId(httpPort)),
                        inference.delivery(),
                        inference.startAt(),
                        inference.batch().maxImages(),
                        inference.batch().maxWait(),
                        inference.inFlight().maxBatches(),
                        inference.inFlight().maxBytes(),
                        inference.transactionTimeout(),
                        inference.sessionTimeout(),
                        inference.drainTimeout()),
                new PipelineSettings(
                        inference.threads().orElseGet(Runtime.getRuntime()::availableProcessors),
                        inference.batch().scoreImages(),
                        inference.topK(),
                        new Limits(
                                inference.limits().maxBytes(),
                                inference.limits().maxPixels())),
                new ModelSettings(
                        model.file().map(Path::of),
                        new ClassifierOptions(inference.device(), inference.intraOpThreads())));
    }

    private static String instanceId(int httpPort) {
        String suffix = httpPort == 0 ? UUID.randomUUID().toString() : String.valueOf(httpPort);
        try {
            return InetAddress.getLocalHost().getHostName() + "-" + suffix;
        } catch (UnknownHostException e) {
            return "unnamed-host-" + suffix;
        }
    }
}
