#pragma once

#include <QImage>
#include <QSize>

namespace goodsight {

/// What can be said of a photo without knowing what it shows; measured on what the network sees.
struct ImageQuality {
    /// Variance of the Laplacian of the luma (Pech-Pacheco et al. 2000, "Diatom autofocusing in brightfield
    /// microscopy"), in squares of 8-bit steps: 0 for a plain surface, some thousands for a sharp photo.
    double sharpness = 0;
    double brightness = 0; ///< mean luma, 0..255
    double black = 0;      ///< share of pixels with luma at most kBlack, 0..1
    double white = 0;      ///< share of pixels with luma at least kWhite, 0..1
    QSize size;            ///< pixels of the photo

    static constexpr int kBlack = 8;
    static constexpr int kWhite = 250;

    [[nodiscard]] bool blurred() const;
    [[nodiscard]] bool dark() const;
    [[nodiscard]] bool overexposed() const;
    /// Either side is smaller than kComfortableSize.
    [[nodiscard]] bool small() const;
    /// Any of these: recognition is less sure than it looks.
    [[nodiscard]] bool low() const { return blurred() || dark() || overexposed() || small(); }
};

/// Measures `crop` (Format_RGB888, as resizeAndCrop() gives it) of a photo of `originalSize` pixels. About a
/// quarter of a millisecond for 224 x 224. Any thread.
[[nodiscard]] ImageQuality measureQuality(const QImage& crop, QSize originalSize);

} // namespace goodsight
