package io.caracal.imaging;

/// How pixels are combined when an image is resized.
public enum Filter {
    /// Triangle kernel whose support grows with the shrink factor: what Pillow, torchvision and timm call bilinear,
    /// and equal to Pillow's result to the bit.
    ANTIALIAS,
    /// Two by two neighbours whatever the factor: OpenCV's and TensorFlow's bilinear. Faster, and aliases.
    LINEAR
}
