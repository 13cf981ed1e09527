#include "core/imaging/DecodeErrors.h"

#include <QCoreApplication>

#include <cmath>

namespace goodsight::imaging {

using Failure = DecodeErrors::Failure;

namespace {
QString megabytes(qint64 bytes)
{
    return QString::number(bytes / 1'000'000);
}
} // namespace

Failure DecodeErrors::notFound(const QString& name)
{
    return fail("not-found",
                QCoreApplication::translate("goodsight::ImageDecoder", "“%1” is no longer there.").arg(name),
                QCoreApplication::translate("goodsight::ImageDecoder",
                                            "It may have been moved, renamed or deleted. Choose it again."));
}

Failure DecodeErrors::folder(const QString& name)
{
    return fail(
        "unreadable",
        QCoreApplication::translate("goodsight::ImageDecoder", "“%1” is a folder, not a photo.").arg(name),
        QCoreApplication::translate("goodsight::ImageDecoder",
                                    "Open it as a folder to take all photos in it."));
}

Failure DecodeErrors::notAFile(const QString& name)
{
    return fail(
        "unreadable",
        QCoreApplication::translate("goodsight::ImageDecoder", "“%1” is not an ordinary file.").arg(name),
        QCoreApplication::translate("goodsight::ImageDecoder", "Choose a photo file."));
}

Failure DecodeErrors::unreadable(const QString& name, const QString& reason)
{
    return fail(
        "unreadable",
        QCoreApplication::translate("goodsight::ImageDecoder", "“%1” cannot be read: %2").arg(name, reason),
        QCoreApplication::translate("goodsight::ImageDecoder",
                                    "Check that you may read the file and that its disk is connected."));
}

Failure DecodeErrors::empty(const QString& name)
{
    return fail("empty-file",
                QCoreApplication::translate("goodsight::ImageDecoder", "“%1” is empty.").arg(name),
                QCoreApplication::translate(
                    "goodsight::ImageDecoder",
                    "It was probably not copied completely. Copy it again from where it came from."));
}

Failure DecodeErrors::notAnImage(const QString& name)
{
    return fail("not-an-image",
                QCoreApplication::translate("goodsight::ImageDecoder", "“%1” is not a picture.").arg(name),
                QCoreApplication::translate("goodsight::ImageDecoder",
                                            "Choose a JPEG, PNG, WebP, BMP, GIF, TIFF or HEIC photo."));
}

Failure DecodeErrors::unsupported(const QString& name, const QString& kind)
{
    return fail("unsupported-format",
                QCoreApplication::translate("goodsight::ImageDecoder",
                                            "“%1” is a kind of %2 picture that cannot be decoded here.")
                    .arg(name, kind),
                QCoreApplication::translate("goodsight::ImageDecoder",
                                            "Save it as JPEG or PNG with another program and try again."));
}

Failure DecodeErrors::truncated(const QString& name)
{
    return fail("truncated",
                QCoreApplication::translate("goodsight::ImageDecoder",
                                            "“%1” is cut short: the end of the picture is missing.")
                    .arg(name),
                QCoreApplication::translate(
                    "goodsight::ImageDecoder",
                    "It was probably not copied or downloaded completely. Copy it again from where it came "
                    "from."));
}

Failure DecodeErrors::damaged(const QString& name)
{
    return fail("damaged",
                QCoreApplication::translate("goodsight::ImageDecoder", "“%1” is damaged and cannot be shown.")
                    .arg(name),
                QCoreApplication::translate("goodsight::ImageDecoder",
                                            "Copy it again from where it came from, or take another photo."));
}

Failure DecodeErrors::tooLarge(const QString& name, qint64 width, qint64 height, const DecodeLimits& limits)
{
    return fail(
        "too-large",
        QCoreApplication::translate("goodsight::ImageDecoder",
                                    "“%1” is too large: %2 × %3 pixels are %4 megapixels, the limit is %5.")
            .arg(name, QString::number(width), QString::number(height),
                 QString::number(std::ceil(static_cast<double>(width) * static_cast<double>(height) / 1e6),
                                 'f', 0),
                 QString::number(limits.maxMegapixels)),
        QCoreApplication::translate("goodsight::ImageDecoder",
                                    "Save it smaller, or raise the limit in Settings."));
}

Failure DecodeErrors::fileTooLarge(const QString& name, qint64 bytes, qint64 limit)
{
    return fail("too-large",
                QCoreApplication::translate("goodsight::ImageDecoder",
                                            "“%1” is too large: the file has %2 MB, the limit is %3.")
                    .arg(name, megabytes(bytes), megabytes(limit)),
                QCoreApplication::translate("goodsight::ImageDecoder",
                                            "Save it smaller, or raise the limit in Settings."));
}

Failure DecodeErrors::outOfMemory(const QString& name)
{
    return fail(
        "out-of-memory",
        QCoreApplication::translate("goodsight::ImageDecoder", "There is not enough memory to open “%1”.")
            .arg(name),
        QCoreApplication::translate("goodsight::ImageDecoder",
                                    "Close other programs, or save the photo smaller."));
}

} // namespace goodsight::imaging
