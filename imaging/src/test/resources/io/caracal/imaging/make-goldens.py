#!/usr/bin/env python3
"""Draws the small images of this folder and writes goldens.txt: what Pillow makes of them.

Made with Pillow 9.4.0 (Debian 12: python3-pil, python3-numpy), libjpeg-turbo 2.1, libwebp 1.2. Run in this folder.
The tests need neither Python nor Pillow.

goldens.txt, one line each:
  pattern W H GEOMETRY SHA256   the arithmetic pattern below, W x H, resized
  file NAME GEOMETRY SHA256     a drawn file, decoded, convert("RGB"), resized
  upright NAME GEOMETRY SHA256  the same, turned by its EXIF orientation before resizing
GEOMETRY is squash:w:h or crop:short:w:h (torchvision's Resize and CenterCrop on a PIL image).
SHA256 is of the RGB bytes. *.expected.png hold pixels where equality to the bit is not promised (CMYK).
"""
import hashlib
import struct

import numpy as np
from PIL import Image, ImageOps

lines = []


def pattern(w, h):
    y, x = np.mgrid[0:h, 0:w].astype(np.int64)
    return Image.fromarray(np.stack([7 * x + 3 * y, x * x + 5 * y, x * y + 11 * x], -1).astype(np.uint8))


def smooth(w=61, h=43):
    y, x = np.mgrid[0:h, 0:w]
    return Image.fromarray(np.stack([4 * x, 5 * y, 2 * (x + y)], -1).clip(0, 255).astype(np.uint8))


def resized(im, geometry):
    kind, *n = geometry.split(":")
    n = [int(i) for i in n]
    if kind == "squash":
        return im.resize((n[0], n[1]), Image.BILINEAR)
    short, cw, ch = n
    w, h = im.size
    im = im.resize((short, int(short * h / w)) if w <= h else (int(short * w / h), short), Image.BILINEAR)
    left, top = int(round((im.width - cw) / 2.0)), int(round((im.height - ch) / 2.0))
    return im.crop((left, top, left + cw, top + ch))


def golden(kind, name, im, geometry):
    digest = hashlib.sha256(resized(im.convert("RGB"), geometry).tobytes()).hexdigest()
    lines.append(f"{kind} {name} {geometry} {digest}")


for w, h, geometry in [
    (500, 375, "squash:224:224"), (375, 499, "squash:224:224"), (60, 39, "squash:224:224"), (224, 224, "squash:224:224"),
    (1, 1, "squash:5:3"), (3, 5, "squash:2:2"), (1000, 7, "squash:9:224"), (2048, 1536, "squash:32:24"),
    (97, 1200, "squash:224:5"), (500, 375, "crop:256:224:224"), (375, 500, "crop:256:224:224"), (61, 43, "crop:248:224:224"),
    (640, 481, "crop:133:132:33"), (1200, 3, "crop:16:15:16"), (300, 301, "crop:77:76:75"),
]:
    golden("pattern", f"{w} {h}", pattern(w, h), geometry)

im = smooth()
y, x = np.mgrid[0:43, 0:61]
rgba = Image.fromarray(np.dstack([np.array(im), (x * 4).astype(np.uint8)]), "RGBA")
negative = ImageOps.invert(im)
palette = im.convert("P")

im.save("colour.jpg", quality=90)
im.save("full-chroma.jpg", quality=95, subsampling=0)
im.save("progressive.jpg", quality=90, progressive=True)
im.convert("L").save("grey.jpg", quality=90)
im.save("lossy.webp", quality=80)
rgba.save("alpha.webp", lossless=True, exact=True)
rgba.save("alpha-lossy.webp", quality=80)
im.save("animated.webp", save_all=True, append_images=[negative], duration=100, lossless=True)
palette.save("palette.gif")
palette.save("transparent.gif", transparency=palette.getpixel((30, 20)))
palette.save("animated.gif", save_all=True, append_images=[negative.convert("P")], duration=100, loop=0)
palette.save("interlaced.gif", interlace=1)
im.save("colour.bmp")
palette.save("palette.bmp")
im.convert("1").save("one-bit.bmp")
rgba.save("alpha.bmp")

# Rows from top to bottom: negative height.
bmp = bytearray(open("colour.bmp", "rb").read())
struct.pack_into("<i", bmp, 22, -43)
open("top-down.bmp", "wb").write(bmp)
# A first frame that covers only a part of the screen.
gif = bytearray(open("palette.gif", "rb").read())
struct.pack_into("<HH", gif, 6, 80, 60)
struct.pack_into("<HH", gif, gif.index(b"\x2c", 13 + 3 * 2 ** ((gif[10] & 7) + 1)) + 1, 7, 9)
open("offset.gif", "wb").write(gif)

for name in [
    "colour.jpg", "full-chroma.jpg", "progressive.jpg", "grey.jpg", "lossy.webp", "alpha.webp", "alpha-lossy.webp",
    "animated.webp", "palette.gif", "transparent.gif", "animated.gif", "interlaced.gif", "offset.gif", "colour.bmp",
    "palette.bmp", "one-bit.bmp", "alpha.bmp", "top-down.bmp",
]:
    golden("file", name, Image.open(name), "squash:32:24")
    golden("file", name, Image.open(name), "crop:30:28:26")

for orientation in range(1, 9):
    exif = Image.Exif()
    exif[0x112] = orientation
    name = f"orientation-{orientation}.jpg"
    im.save(name, quality=90, exif=exif)
    golden("file", name, Image.open(name), "squash:32:24")
    for geometry in ("squash:32:24", "crop:30:28:26"):
        golden("upright", name, ImageOps.exif_transpose(Image.open(name)), geometry)

# CMYK as Adobe writes it: inverted, with a marker that says whether three channels are YCC. Pillow writes no YCCK, but
# relabelling makes one.
cmyk = Image.fromarray(np.dstack([np.array(im), (x * 2).astype(np.uint8)]), "CMYK")
cmyk.save("cmyk.jpg", quality=95, subsampling=0)
jpeg = bytearray(open("cmyk.jpg", "rb").read())
jpeg[jpeg.index(b"Adobe") + 11] = 2
open("ycck.jpg", "wb").write(jpeg)
for name in ("cmyk", "ycck"):
    Image.open(name + ".jpg").convert("RGB").save(name + ".expected.png")

open("goldens.txt", "w").write("\n".join(lines) + "\n")
