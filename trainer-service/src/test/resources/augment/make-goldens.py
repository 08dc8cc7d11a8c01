"""Writes goldens.txt with Pillow (12.3.0): operation, argument, SHA-256 of the RGB bytes.

The operations are those of timm's auto_augment.py, called as it calls them: bilinear, fill 128.
"""
import hashlib
from PIL import Image, ImageEnhance, ImageOps

W, H = 37, 29
FILL = (128, 128, 128)


def picture():
    """Values from 20 to 219, no two channels alike."""
    data = bytearray()
    for y in range(H):
        for x in range(W):
            for c in range(3):
                data.append(20 + (x * 7 + y * 13 + c * 31 + (x * y) % 23 * 5 + (x ^ y) * c) % 200)
    return Image.frombytes("RGB", (W, H), bytes(data))


def affine(image, matrix):
    return image.transform(image.size, Image.AFFINE, matrix, resample=Image.BILINEAR, fillcolor=FILL)


def solarize_add(image, add):
    lut = [min(255, i + add) if i < 128 else i for i in range(256)]
    return image.point(lut + lut + lut)


OPERATIONS = {
    "autocontrast": (lambda i, a: ImageOps.autocontrast(i), [0]),
    "equalize": (lambda i, a: ImageOps.equalize(i), [0]),
    "invert": (lambda i, a: ImageOps.invert(i), [0]),
    "posterize": (lambda i, a: ImageOps.posterize(i, int(a)), [0, 1, 4]),
    "solarize": (lambda i, a: ImageOps.solarize(i, int(a)), [0, 26, 256]),
    "solarizeadd": (lambda i, a: solarize_add(i, int(a)), [0, 99]),
    "color": (lambda i, a: ImageEnhance.Color(i).enhance(a), [0.1, 0.4375, 1.0, 1.81]),
    "contrast": (lambda i, a: ImageEnhance.Contrast(i).enhance(a), [0.1, 0.4375, 1.0, 1.81]),
    "brightness": (lambda i, a: ImageEnhance.Brightness(i).enhance(a), [0.1, 0.4375, 1.0, 1.81]),
    "sharpness": (lambda i, a: ImageEnhance.Sharpness(i).enhance(a), [0.1, 0.4375, 1.0, 1.81]),
    "shearx": (lambda i, a: affine(i, (1, a, 0, 0, 1, 0)), [0.27, -0.3, 0.0]),
    "sheary": (lambda i, a: affine(i, (1, 0, 0, a, 1, 0)), [0.27, -0.3]),
    "translatex": (lambda i, a: affine(i, (1, 0, a * W, 0, 1, 0)), [0.405, -0.45, 0.1]),
    "translatey": (lambda i, a: affine(i, (1, 0, 0, 0, 1, a * H)), [0.405, -0.45]),
    "rotate": (lambda i, a: i.rotate(a, resample=Image.BILINEAR, fillcolor=FILL), [27.0, -30.0, 0.5, 0.0]),
}

for name, (apply, arguments) in OPERATIONS.items():
    for argument in arguments:
        print(name, argument, hashlib.sha256(apply(picture(), argument).tobytes()).hexdigest())
