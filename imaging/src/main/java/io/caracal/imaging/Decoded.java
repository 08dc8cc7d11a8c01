package io.caracal.imaging;

/// The result of decoding: the pixels are in the caller's buffer, or there is a reason why not.
public sealed interface Decoded permits Decoded.Done, Refusal {

    /// @param header of the encoded image that the pixels came from
    /// @param width of the whole image as it was seen: turned, if its EXIF data were followed
    record Done(ImageHeader header, int width, int height) implements Decoded {}
}
