"""Writes imaging/pictures/* (small pictures in every format that Goodsight reads, made here from formulas) and
imaging/decode.json: the RGB bytes that Pillow (pillow-heif for HEIC) decodes from them, upright.

Run in the environment of requirements.txt, once; the results are committed. Each entry has a tolerance: 0 where
the bytes must be Pillow's exactly, the greatest difference of a byte otherwise (then the bytes are stored too)."""

import base64
import hashlib
import io
import json
import pathlib
import struct
import zlib

import numpy as np
import PIL
import pillow_heif
from PIL import Image, ImageOps, features
from torchvision import transforms

from test_pictures import picture

HERE = pathlib.Path(__file__).parent / "imaging"
PICTURES = HERE / "pictures"
ENTRIES = []


def crop_hash(rgb):
    crop = transforms.CenterCrop(224)(transforms.Resize(256, antialias=True)(Image.fromarray(rgb)))
    return hashlib.sha256(np.asarray(crop).tobytes()).hexdigest()


def record(name, fmt, rgb, tolerance=0, note=""):
    entry = {
        "file": name,
        "format": fmt,
        "width": rgb.shape[1],
        "height": rgb.shape[0],
        "tolerance": tolerance,
        "sha256": hashlib.sha256(rgb.tobytes()).hexdigest(),
    }
    if tolerance == 0:
        entry["crop_sha256"] = crop_hash(rgb)
    else:
        entry["rgb_zlib"] = base64.b64encode(zlib.compress(rgb.tobytes(), 9)).decode()
    if note:
        entry["note"] = note
    ENTRIES.append(entry)


def add(name, fmt, data, tolerance=0, expected=None, note=""):
    """Keeps `data` as a file, with what Pillow decodes from it (or `expected`, where a note says why)."""
    (PICTURES / name).write_bytes(data)
    if expected is None:
        with Image.open(io.BytesIO(data)) as image:
            expected = np.asarray(ImageOps.exif_transpose(image).convert("RGB"))
    record(name, fmt, np.ascontiguousarray(expected), tolerance, note)


def saved(image, fmt, **options):
    out = io.BytesIO()
    image.save(out, fmt, **options)
    return out.getvalue()


def exif(orientation):
    block = Image.Exif()
    block[0x0112] = orientation
    return block.tobytes()


def rgb(width, height, kind="mixed"):
    return Image.fromarray(picture(kind, width, height))


# --- JPEG -------------------------------------------------------------------------------------------------


def jpegs():
    photo = rgb(97, 61)
    for name, subsampling in (("444", 0), ("422", 1), ("420", 2)):
        add(f"baseline-{name}.jpg", "jpeg", saved(photo, "JPEG", quality=85, subsampling=subsampling))
    add("progressive-420.jpg", "jpeg", saved(photo, "JPEG", quality=80, subsampling=2, progressive=True))
    add("restarts.jpg", "jpeg", saved(photo, "JPEG", quality=80, restart_marker_rows=1))
    add("grey.jpg", "jpeg", saved(photo.convert("L"), "JPEG", quality=90))
    add("rgb-colours.jpg", "jpeg", saved(photo, "JPEG", quality=90, keep_rgb=True))
    add("odd-1x1.jpg", "jpeg", saved(rgb(1, 1), "JPEG"))
    add("odd-17x9.jpg", "jpeg", saved(rgb(17, 9), "JPEG", subsampling=2))

    plain = picture("mixed", 61, 43)
    cmyk = Image.fromarray(np.dstack([255 - plain, picture("shapes", 61, 43)[..., 0] // 3]), "CMYK")
    data = saved(cmyk, "JPEG", quality=90)
    add("cmyk.jpg", "jpeg", data)
    # The same with Adobe's mark for YCCK: other colours, but the same ones for every decoder.
    adobe = data.index(b"Adobe")
    add("ycck.jpg", "jpeg", data[: adobe + 11] + b"\x02" + data[adobe + 12 :])

    small = rgb(24, 16)
    for orientation in range(1, 9):
        add(f"exif-{orientation}.jpg", "jpeg", saved(small, "JPEG", quality=95, exif=exif(orientation)))
    add("exif-nonsense.jpg", "jpeg", saved(small, "JPEG", exif=b"Exif\0\0MM\0*\xff\xff\xff\xff"))


# --- PNG: written by hand, since Pillow cannot write all of them -------------------------------------------


def png_chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def pack_rows(samples, bits):
    """height x (width * channels) samples to filter-0 rows."""
    rows = []
    for row in samples:
        if bits == 16:
            data = row.astype(">u2").tobytes()
        elif bits == 8:
            data = row.astype(np.uint8).tobytes()
        else:
            per_byte = 8 // bits
            padded = np.pad(row, (0, -len(row) % per_byte)).reshape(-1, per_byte)
            shifts = np.arange(per_byte - 1, -1, -1) * bits
            data = (padded << shifts).sum(axis=1).astype(np.uint8).tobytes()
        rows.append(b"\0" + data)
    return b"".join(rows)


def png(samples, bits, colour, extra=b"", interlaced=False):
    """samples: height x width x channels of integers."""
    height, width, channels = samples.shape
    if interlaced:
        data = b""
        for x0, y0, dx, dy in ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)):
            part = samples[y0::dy, x0::dx]
            if part.size:
                data += pack_rows(part.reshape(part.shape[0], -1), bits)
    else:
        data = pack_rows(samples.reshape(height, width * channels), bits)
    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, int(interlaced))
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", header)
        + extra
        + png_chunk(b"IDAT", zlib.compress(data, 9))
        + png_chunk(b"IEND", b"")
    )


def pngs():
    width, height = 53, 37
    full = picture("mixed", width, height).astype(np.int64)
    low = picture("noise", width, height).astype(np.int64)
    grey = full[..., :1]
    wide = full * 256 + low  # 16 bits whose low byte is not the high one's copy
    alpha = picture("shapes", width, height)[..., :1].astype(np.int64)

    for bits in (1, 2, 4, 8):
        add(f"grey-{bits}.png", "png", png(grey >> (8 - bits), bits, 0))
    add(
        "grey-16.png", "png", png(wide[..., :1], 16, 0), expected=np.repeat(full[..., :1].astype(np.uint8), 3, axis=2),
        note="the high byte; Pillow's convert clips 16-bit grey at 255",
    )
    for bits in (1, 2, 4, 8):
        colours = picture("noise", 2**bits, 1).tobytes()
        add(f"palette-{bits}.png", "png", png(grey >> (8 - bits), bits, 3, png_chunk(b"PLTE", colours)))
    palette = png_chunk(b"PLTE", picture("noise", 256, 1).tobytes())
    add("palette-transparent.png", "png", png(grey, 8, 3, palette + png_chunk(b"tRNS", bytes(range(0, 200)))))
    add("rgb-8.png", "png", png(full, 8, 2))
    add("rgb-16.png", "png", png(wide, 16, 2))
    add("rgb-colour-key.png", "png", png(full, 8, 2, png_chunk(b"tRNS", struct.pack(">HHH", *map(int, full[5, 5])))))
    add("rgba-8.png", "png", png(np.dstack([full, alpha]), 8, 6))
    add("rgba-16.png", "png", png(np.dstack([wide, alpha * 257]), 16, 6))
    add("grey-alpha-8.png", "png", png(np.dstack([grey, alpha]), 8, 4))
    add("grey-alpha-16.png", "png", png(np.dstack([wide[..., :1], alpha * 257]), 16, 4))
    add("rgb-interlaced.png", "png", png(full, 8, 2, interlaced=True))
    add("grey-2-interlaced.png", "png", png(grey >> 6, 2, 0, interlaced=True))
    add("rgb-gamma.png", "png", png(full, 8, 2, png_chunk(b"gAMA", struct.pack(">I", 100000))))
    add("exif-6.png", "png", png(full, 8, 2, png_chunk(b"eXIf", exif(6)[6:])))
    for name, kind, w, h in (("odd-225x301", "gradient", 225, 301), ("odd-300x224", "shapes", 300, 224),
                             ("odd-5x400", "gradient", 5, 400), ("odd-1x1", "noise", 1, 1)):
        add(f"{name}.png", "png", saved(rgb(w, h, kind), "PNG", optimize=True))


# --- BMP, GIF, TIFF, WebP ----------------------------------------------------------------------------------


def bmp(samples, bits, height_sign=1, compression=0, masks=b""):
    """samples: height rows of packed bytes, top first."""
    height = len(samples)
    rows = [row + b"\0" * (-len(row) % 4) for row in samples]
    data = b"".join(rows if height_sign < 0 else reversed(rows))
    width = len(samples[0]) * 8 // bits
    offset = 14 + 40 + len(masks)
    header = struct.pack("<IiiHHIIiiII", 40, width, height * height_sign, 1, bits, compression, len(data), 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", offset + len(data), 0, 0, offset) + header + masks + data


def bmps():
    photo = rgb(35, 22)
    full = np.asarray(photo).astype(np.uint16)
    add("rgb-24.bmp", "bmp", saved(photo, "BMP"))
    add("palette-8.bmp", "bmp", saved(photo.quantize(64), "BMP"))
    add("grey-8.bmp", "bmp", saved(photo.convert("L"), "BMP"))
    add("mono-1.bmp", "bmp", saved(photo.convert("1"), "BMP"))
    add("top-down.bmp", "bmp", bmp([row[:, ::-1].astype(np.uint8).tobytes() for row in full], 24, -1))
    five = ((full[..., 0] >> 3) << 10) | ((full[..., 1] >> 3) << 5) | (full[..., 2] >> 3)
    add(
        "rgb-555.bmp", "bmp", bmp([row.astype("<u2").tobytes() for row in five], 16), tolerance=7,
        note="5 bits to 8: Pillow stretches them to 255, Qt shifts them up",
    )
    bgrx = np.dstack([full[..., ::-1], np.full(full.shape[:2], 77)]).astype(np.uint8)
    add("rgb-32.bmp", "bmp", bmp([row.tobytes() for row in bgrx], 32))


def gifs():
    photo = rgb(45, 33)
    flat = photo.quantize(64)
    add("plain.gif", "gif", saved(flat, "GIF", interlace=0))
    add("interlaced.gif", "gif", saved(flat, "GIF", interlace=1))
    others = [rgb(45, 33, kind).quantize(32) for kind in ("shapes", "gradient")]
    add("animated.gif", "gif", saved(flat, "GIF", save_all=True, append_images=others, duration=80, loop=0))


def tiffs():
    photo = rgb(47, 29)
    add("plain.tif", "tiff", saved(photo, "TIFF"))
    add("lzw.tif", "tiff", saved(photo, "TIFF", compression="tiff_lzw"))
    add("deflate.tif", "tiff", saved(photo, "TIFF", compression="tiff_adobe_deflate"))
    add("packbits-palette.tif", "tiff", saved(photo.quantize(64), "TIFF", compression="packbits"))
    add("grey-8.tif", "tiff", saved(photo.convert("L"), "TIFF"))
    add("mono-fax4.tif", "tiff", saved(photo.convert("1"), "TIFF", compression="group4"))
    alpha = photo.convert("L").point(lambda grey: 255 - grey // 3)
    add(
        "rgba.tif", "tiff", saved(Image.merge("RGBA", (*photo.split(), alpha)), "TIFF"), tolerance=1,
        note="Qt 6.4 reads TIFF with premultiplied alpha, which rounds",
    )
    add("cmyk.tif", "tiff", saved(photo.convert("CMYK"), "TIFF"))
    wide = (picture("mixed", 47, 29).astype(np.uint16) * 256 + picture("noise", 47, 29))[..., 0]
    add(
        "grey-16.tif", "tiff", saved(Image.fromarray(wide), "TIFF"),
        expected=np.repeat((wide >> 8).astype(np.uint8)[..., None], 3, axis=2),
        note="the high byte; Pillow's convert clips 16-bit grey at 255",
    )
    add("pages.tif", "tiff", saved(photo, "TIFF", save_all=True, append_images=[rgb(20, 20, "noise")]))
    for orientation in (3, 6, 7):
        block = Image.Exif()
        block[0x0112] = orientation
        add(f"exif-{orientation}.tif", "tiff", saved(photo, "TIFF", exif=block))
    add("jpeg-inside.tif", "tiff", saved(photo, "TIFF", compression="jpeg", quality=90), tolerance=2)


def webps():
    photo = rgb(59, 41, "gradient")
    add("lossless.webp", "webp", saved(photo, "WEBP", lossless=True))
    add("lossy.webp", "webp", saved(photo, "WEBP", quality=85))
    alpha = Image.merge("RGBA", (*photo.split(), rgb(59, 41, "shapes").getchannel(0)))
    add("alpha-lossless.webp", "webp", saved(alpha, "WEBP", lossless=True, exact=True))
    add("exif-6.webp", "webp", saved(photo, "WEBP", lossless=True, exif=exif(6)))
    frames = [rgb(59, 41, "shapes")]
    add("animated.webp", "webp", saved(photo, "WEBP", lossless=True, save_all=True, append_images=frames, duration=80))


# --- HEIC, AVIF -----------------------------------------------------------------------------------------------


def heifs():
    pillow_heif.register_heif_opener()
    photo = rgb(96, 64, "gradient")
    # Which rounding YCbCr to RGB takes, and how chroma is enlarged, differ from version to version of libheif.
    add("444.heic", "heic", saved(photo, "HEIF", quality=90, chroma=444), tolerance=3)
    add("420.heic", "heic", saved(photo, "HEIF", quality=90, chroma=420), tolerance=12)
    add("exif-6.heic", "heic", saved(photo, "HEIF", quality=90, chroma=444, exif=exif(6)), tolerance=3)
    alpha = Image.merge("RGBA", (*photo.split(), rgb(96, 64, "shapes").getchannel(0)))
    add("alpha.heic", "heic", saved(alpha, "HEIF", quality=90, chroma=444), tolerance=3)
    deep = pillow_heif.from_bytes(
        mode="RGB;16", size=(96, 64), data=(picture("gradient", 96, 64).astype(np.uint16) * 257).tobytes()
    )
    out = io.BytesIO()
    deep.save(out, quality=90, chroma=444)
    add("ten-bit.heic", "heic", out.getvalue(), tolerance=4)
    add("444.avif", "avif", saved(photo, "AVIF", quality=90, subsampling="4:4:4", speed=6), tolerance=3)


def main():
    PICTURES.mkdir(parents=True, exist_ok=True)
    for make in (jpegs, pngs, bmps, gifs, tiffs, webps, heifs):
        make()
    lines = ",\n".join(json.dumps(entry) for entry in ENTRIES)
    (HERE / "decode.json").write_text(
        f'{{"pillow": "{PIL.__version__}", "libjpeg_turbo": "{features.version("libjpeg_turbo")}", '
        f'"pillow_heif": "{pillow_heif.__version__}",\n"pictures": [\n{lines}\n]}}\n'
    )
    print(len(ENTRIES), "pictures")


if __name__ == "__main__":
    main()
