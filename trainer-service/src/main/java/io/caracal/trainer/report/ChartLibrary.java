package io.caracal.trainer.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// Chart.js, from its WebJar, and what this package adds to it.
final class ChartLibrary {
    private static final String VERSION = "/META-INF/maven/org.webjars.npm/chart.js/pom.properties";

    private ChartLibrary() {}

    /// The library as one script, licence notice included.
    static String script() {
        var properties = new Properties();
        try (InputStream stream = open(VERSION)) {
            properties.load(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(VERSION, e);
        }
        return resource("/META-INF/resources/webjars/chart.js/%s/dist/chart.umd.min.js"
                .formatted(properties.getProperty("version")));
    }

    /// Draws what [Chart] describes.
    static String drawing() {
        return resource("charts.js");
    }

    static String style() {
        return resource("report.css");
    }

    private static String resource(String name) {
        try (InputStream stream = open(name)) {
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private static InputStream open(String name) {
        InputStream stream = ChartLibrary.class.getResourceAsStream(name);
        if (stream == null) {
            throw new IllegalStateException("this build lacks the resource " + name);
        }
        return stream;
    }
}
