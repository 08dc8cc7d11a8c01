/// Encoded bytes to a header, and to the RGB pixels that a model takes: one decode and resize for training and serving.
///
/// What becomes of special inputs, each as Pillow's `convert("RGB")` does it and so as the common training stacks do:
///
/// * grey, 1-bit and palette images become RGB; of 16 bits per channel the upper 8 are kept
/// * transparency is dropped, not composited: a transparent pixel keeps the colour that is stored for it
/// * CMYK and YCCK JPEGs are taken as inverted, which is how Adobe writes them; within 2 levels of Pillow
/// * of an animated GIF, PNG or WebP the first frame counts
/// * EXIF orientation is ignored unless [io.caracal.imaging.Preprocessing#applyExifOrientation] is set
/// * a file that ends early is refused as [io.caracal.imaging.Refusal.Reason#DAMAGED], even if only its end marker is
///   missing; bytes behind the end and stray bytes between segments are not an error
/// * bits that flipped inside compressed data are found only where the format can tell (PNG, WebP); a JPEG decodes to
///   whatever its bits now say, as everywhere
///
/// OpenCV and its codecs have a line for standard error about each damaged image; the environment variable
/// `OPENCV_LOG_LEVEL=OFF` silences OpenCV's own.
package io.caracal.imaging;
