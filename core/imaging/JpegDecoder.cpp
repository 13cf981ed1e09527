#include "core/imaging/DecodeErrors.h"
#include "core/imaging/Decoders.h"
#include "core/imaging/ExifOrientation.h"

#include <csetjmp>
#include <cstdio>
#include <vector>

#include <jpeglib.h>

#include <jerror.h>

namespace goodsight::imaging {

namespace {

/// Scans after which a progressive file is taken for a trap: each one costs a pass over the picture.
constexpr int kMaxScans = 500;

/// One decompression. libjpeg reports errors by longjmp, so each call into it sits in a member function whose
/// locals need no destructor, and everything that does lives here.
class JpegSession {
public:
    JpegSession()
    {
        m_jpeg.err = jpeg_std_error(&m_errors);
        m_errors.error_exit = onError;
        m_errors.emit_message = onMessage;
        m_errors.output_message = [](j_common_ptr) {};
        m_progress.progress_monitor = onProgress;
        m_jpeg.client_data = this;
    }
    ~JpegSession() { jpeg_destroy_decompress(&m_jpeg); }
    JpegSession(const JpegSession&) = delete;
    JpegSession& operator=(const JpegSession&) = delete;

    bool readHeader(const QByteArray& bytes);
    bool start(int atLeast);
    bool readRows(QImage& image);

    [[nodiscard]] QSize fileSize() const
    {
        return {static_cast<int>(m_jpeg.image_width), static_cast<int>(m_jpeg.image_height)};
    }
    [[nodiscard]] QSize outputSize() const
    {
        return {static_cast<int>(m_jpeg.output_width), static_cast<int>(m_jpeg.output_height)};
    }
    [[nodiscard]] int eighths() const { return static_cast<int>(m_jpeg.scale_num * 8 / m_jpeg.scale_denom); }
    [[nodiscard]] int orientation() const;

    /// Part of the picture is missing. A file that merely lost its end mark, or whose last few rows were
    /// never written (some phones do that), is still a photo.
    [[nodiscard]] bool truncated() const { return m_missing; }
    [[nodiscard]] bool endedEarly() const { return m_ended; }
    [[nodiscard]] bool ranOutOfMemory() const { return m_errors.msg_code == JERR_OUT_OF_MEMORY; }
    [[nodiscard]] bool unsupported() const;

private:
    static JpegSession& self(j_common_ptr jpeg) { return *static_cast<JpegSession*>(jpeg->client_data); }
    [[noreturn]] static void onError(j_common_ptr jpeg) { std::longjmp(self(jpeg).m_jump, 1); }
    static void onMessage(j_common_ptr jpeg, int level);
    static void onProgress(j_common_ptr jpeg);
    void cmykRow(uchar* out) const;

    jpeg_decompress_struct m_jpeg{};
    jpeg_error_mgr m_errors{};
    jpeg_progress_mgr m_progress{};
    std::jmp_buf m_jump{};
    std::vector<uchar> m_row; ///< a row of CMYK
    bool m_manyScans = false; ///< progressive, or one scan for each colour
    bool m_ended = false;     ///< the data ended before the end mark
    bool m_missing = false;   ///< rows or scans are missing
};

void JpegSession::onMessage(j_common_ptr jpeg, int level)
{
    if (level >= 0)
        return;
    JpegSession& s = self(jpeg);
    if (s.m_errors.msg_code == JWRN_JPEG_EOF) {
        s.m_ended = true;
        // Without the end mark nobody knows how many scans were to come.
        if (s.m_manyScans)
            s.m_missing = true;
    } else if (s.m_errors.msg_code == JWRN_HIT_MARKER) {
        const bool nearlyAll = s.m_jpeg.input_scan_number > 1 || quint64{s.m_jpeg.input_iMCU_row} * 100 >=
                                                                     quint64{s.m_jpeg.total_iMCU_rows} * 95;
        if (s.m_ended || !nearlyAll)
            s.m_missing = true;
    }
}

void JpegSession::onProgress(j_common_ptr jpeg)
{
    if (self(jpeg).m_jpeg.input_scan_number > kMaxScans) {
        jpeg->err->msg_code = JERR_BAD_PROGRESSION;
        onError(jpeg);
    }
}

bool JpegSession::readHeader(const QByteArray& bytes)
{
    if (setjmp(m_jump) != 0)
        return false;
    jpeg_create_decompress(&m_jpeg);
    m_jpeg.client_data = this;
    m_jpeg.progress = &m_progress;
    jpeg_save_markers(&m_jpeg, JPEG_APP0 + 1, 0xffff);
    jpeg_mem_src(&m_jpeg, reinterpret_cast<const unsigned char*>(bytes.constData()),
                 static_cast<unsigned long>(bytes.size()));
    if (jpeg_read_header(&m_jpeg, TRUE) != JPEG_HEADER_OK)
        return false;
    m_manyScans = jpeg_has_multiple_scans(&m_jpeg) != 0;
    return true;
}

bool JpegSession::start(int atLeast)
{
    if (setjmp(m_jump) != 0)
        return false;
    // Pillow's choices: grey stays grey until the end, four channels are CMYK, the rest is RGB.
    if (m_jpeg.num_components == 4)
        m_jpeg.out_color_space = JCS_CMYK;
    else
        m_jpeg.out_color_space = JCS_RGB;
    m_jpeg.dct_method = JDCT_ISLOW;
    m_jpeg.do_fancy_upsampling = TRUE;
    m_jpeg.scale_num = 1;
    m_jpeg.scale_denom = 1;
    if (atLeast > 0) {
        // libjpeg rounds the scaled sides up. Its transforms are vectorised for 8, 4, 2 and 1 eighths only;
        // the others cost more than the pixels that they save, except where the next vectorised one is far
        // larger.
        const auto shorter = qMin(m_jpeg.image_width, m_jpeg.image_height);
        for (const unsigned eighths : {1U, 2U, 3U, 4U}) {
            if ((quint64{shorter} * eighths + 7) / 8 >= static_cast<quint64>(atLeast)) {
                m_jpeg.scale_num = eighths;
                m_jpeg.scale_denom = 8;
                break;
            }
        }
        // Chroma upsampled by copying: what is reduced by two afterwards does not show it.
        if (shorter >= static_cast<unsigned>(atLeast))
            m_jpeg.do_fancy_upsampling = FALSE;
    }
    return jpeg_start_decompress(&m_jpeg) != 0;
}

bool JpegSession::readRows(QImage& image)
{
    const bool cmyk = m_jpeg.out_color_space == JCS_CMYK;
    if (cmyk)
        m_row.resize(std::size_t{m_jpeg.output_width} * 4);
    if (setjmp(m_jump) != 0)
        return false;
    while (m_jpeg.output_scanline < m_jpeg.output_height) {
        uchar* out = image.scanLine(static_cast<int>(m_jpeg.output_scanline));
        JSAMPROW row = cmyk ? m_row.data() : out;
        if (jpeg_read_scanlines(&m_jpeg, &row, 1) != 1)
            return false;
        if (cmyk)
            cmykRow(out);
    }
    return jpeg_finish_decompress(&m_jpeg) != 0;
}

/// CMYK to RGB as Pillow does it. JPEG files store the four inks inverted (Adobe's way), and Pillow takes all
/// of them to be so.
void JpegSession::cmykRow(uchar* out) const
{
    const uchar* in = m_row.data();
    for (JDIMENSION x = 0; x < m_jpeg.output_width; ++x, in += 4) {
        const int light = in[3];
        for (int channel = 0; channel < 3; ++channel) {
            const int product = (255 - in[channel]) * light + 128;
            *out++ = static_cast<uchar>(qBound(0, light - ((product >> 8) + product) / 256, 255));
        }
    }
}

int JpegSession::orientation() const
{
    for (const jpeg_marker_struct* marker = m_jpeg.marker_list; marker != nullptr; marker = marker->next) {
        const QByteArrayView data(marker->data, static_cast<qsizetype>(marker->data_length));
        if (marker->marker == JPEG_APP0 + 1 && data.startsWith(QByteArrayView("Exif\0\0", 6)))
            return exifOrientation(data);
    }
    return 1;
}

bool JpegSession::unsupported() const
{
    switch (m_errors.msg_code) {
    case JERR_SOF_UNSUPPORTED: // lossless, hierarchical
    case JERR_BAD_PRECISION:   // 12 bits
    case JERR_ARITH_NOTIMPL:
    case JERR_NOT_COMPILED:
    case JERR_CONVERSION_NOTIMPL:
    case JERR_COMPONENT_COUNT:
        return true;
    default:
        return false;
    }
}

DecodeErrors::Failure failureOf(const JpegSession& session, const QString& name)
{
    if (session.ranOutOfMemory())
        return DecodeErrors::outOfMemory(name);
    if (session.endedEarly())
        return DecodeErrors::truncated(name);
    if (session.unsupported())
        return DecodeErrors::unsupported(name, QStringLiteral("JPEG"));
    return DecodeErrors::damaged(name);
}

} // namespace

Result<StoredPicture> decodeJpeg(const Source& source)
{
    JpegSession session;
    if (!session.readHeader(source.bytes))
        return failureOf(session, source.name);
    const QSize size = session.fileSize();
    if (!withinLimits(size.width(), size.height(), source.limits))
        return DecodeErrors::tooLarge(source.name, size.width(), size.height(), source.limits);

    StoredPicture picture;
    picture.fileSize = size;
    picture.orientation = session.orientation();
    if (!session.start(source.atLeast))
        return failureOf(session, source.name);
    picture.eighths = session.eighths();
    picture.image = QImage(session.outputSize(), QImage::Format_RGB888);
    if (picture.image.isNull())
        return DecodeErrors::outOfMemory(source.name);
    if (!session.readRows(picture.image))
        return failureOf(session, source.name);
    if (session.truncated())
        return DecodeErrors::truncated(source.name);
    return picture;
}

} // namespace goodsight::imaging
