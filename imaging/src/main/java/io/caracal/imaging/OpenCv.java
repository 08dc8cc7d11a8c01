package io.caracal.imaging;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;

/// Loads OpenCV's native libraries.
final class OpenCv {
    private OpenCv() {}

    /// To be called before the first use; further calls cost nothing.
    ///
    /// @throws IllegalStateException if the libraries cannot be unpacked or loaded, with the reason in one line
    static void load() {
        // JavaCPP refuses to allocate once the whole process is larger than four times the heap. A process that also
        // holds a model is, and its memory is not JavaCPP's to police.
        setUnlessGiven("org.bytedeco.javacpp.maxbytes", "0");
        setUnlessGiven("org.bytedeco.javacpp.maxphysicalbytes", "0");
        try {
            Loader.load(opencv_imgcodecs.class);
        } catch (LinkageError e) {
            throw new IllegalStateException(
                    "OpenCV cannot be loaded: " + rootOf(e).getMessage()
                            + " (its libraries are unpacked to ~/.javacpp/cache;"
                            + " -Dorg.bytedeco.javacpp.cachedir=FOLDER names another folder, which must be writable)",
                    e);
        }
        opencv_core.setNumThreads(1);
    }

    private static void setUnlessGiven(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private static Throwable rootOf(Throwable error) {
        return error.getCause() == null ? error : rootOf(error.getCause());
    }
}
