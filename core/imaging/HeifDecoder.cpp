#include "core/imaging/DecodeErrors.h"
#include "core/imaging/Decoders.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include <libheif/heif.h>

namespace goodsight::imaging {

namespace {

template <auto Free>
struct Deleter {
    template <typename T>
    void operator()(T* object) const
    {
        Free(object);
    }
};
using Context = std::unique_ptr<heif_context, Deleter<heif_context_free>>;
using Handle = std::unique_ptr<heif_image_handle, Deleter<heif_image_handle_release>>;
using Picture = std::unique_ptr<heif_image, Deleter<heif_image_release>>;
using Options = std::unique_ptr<heif_decoding_options, Deleter<heif_decoding_options_free>>;

DecodeErrors::Failure failureOf(const heif_error& error, const Source& source)
{
    const QString kind = source.kind == ImageKind::Avif ? QStringLiteral("AVIF") : QStringLiteral("HEIC");
    if (error.subcode == heif_suberror_End_of_data)
        return DecodeErrors::truncated(source.name);
    if (error.subcode == heif_suberror_Security_limit_exceeded)
        return DecodeErrors::damaged(source.name);
    if (error.code == heif_error_Memory_allocation_error)
        return DecodeErrors::outOfMemory(source.name);
    if (error.code == heif_error_Unsupported_filetype || error.code == heif_error_Unsupported_feature ||
        error.code == heif_error_Decoder_plugin_error)
        return DecodeErrors::unsupported(source.name, kind);
    return DecodeErrors::damaged(source.name);
}

} // namespace

Result<StoredPicture> decodeHeif(const Source& source)
{
    const Context context(heif_context_alloc());
    if (!context)
        return DecodeErrors::outOfMemory(source.name);
    // The coded picture may claim more than the header does; libheif, too, is held to the limit.
    heif_context_set_maximum_image_size_limit(
        context.get(), static_cast<int>(std::sqrt(std::max(source.limits.maxMegapixels, 1) * 1e6)) + 1);
    heif_error error = heif_context_read_from_memory_without_copy(
        context.get(), source.bytes.constData(), static_cast<size_t>(source.bytes.size()), nullptr);
    if (error.code != heif_error_Ok)
        return failureOf(error, source);
    heif_image_handle* rawHandle = nullptr;
    error = heif_context_get_primary_image_handle(context.get(), &rawHandle);
    const Handle handle(rawHandle);
    if (error.code != heif_error_Ok)
        return failureOf(error, source);

    const int width = heif_image_handle_get_width(handle.get());
    const int height = heif_image_handle_get_height(handle.get());
    if (!withinLimits(width, height, source.limits))
        return DecodeErrors::tooLarge(source.name, width, height, source.limits);

    const Options options(heif_decoding_options_alloc());
    if (!options)
        return DecodeErrors::outOfMemory(source.name);
    options->convert_hdr_to_8bit = 1;
    heif_image* rawPicture = nullptr;
    error = heif_decode_image(handle.get(), &rawPicture, heif_colorspace_RGB, heif_chroma_interleaved_RGB,
                              options.get());
    const Picture decoded(rawPicture);
    if (error.code != heif_error_Ok)
        return failureOf(error, source);

    int stride = 0;
    const uint8_t* plane = heif_image_get_plane_readonly(decoded.get(), heif_channel_interleaved, &stride);
    const QSize size(heif_image_get_width(decoded.get(), heif_channel_interleaved),
                     heif_image_get_height(decoded.get(), heif_channel_interleaved));
    if (plane == nullptr || size.isEmpty())
        return DecodeErrors::damaged(source.name);
    StoredPicture picture;
    picture.fileSize = size;
    picture.image = QImage(size, QImage::Format_RGB888);
    if (picture.image.isNull())
        return DecodeErrors::outOfMemory(source.name);
    for (int y = 0; y < size.height(); ++y)
        std::copy_n(plane + static_cast<std::ptrdiff_t>(stride) * y, qsizetype{size.width()} * 3,
                    picture.image.scanLine(y));
    return picture;
}

} // namespace goodsight::imaging
